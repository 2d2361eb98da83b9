# Times R's spdep on the polygons, links and numbers of a folder; prints a line of JSON for each work, without start and reading. Rscript areas.R FOLDER
folder <- commandArgs(TRUE)[1]
lacking <- Filter(function(name) !requireNamespace(name, quietly = TRUE), c("spdep", "sf"))
for (name in lacking) cat(sprintf('{"missing":"R %s","install":"apt install r-cran-%s"}\n', name, name))
if (length(lacking) > 0) quit()
suppressPackageStartupMessages(library(spdep))

# What takes over five seconds is run once; all else is warmed by its first run, then repeated.
report <- function(work, name, run) {
  seconds <- function() system.time(found <<- run())[["elapsed"]]
  first <- seconds()
  times <- if (first > 5) first else sapply(1:3, function(i) seconds())
  cat(sprintf('{"work":"%s","name":"spdep %s, %s","times":[%s],"note":"%s"}\n', work, packageVersion("spdep"), name,
              paste(1000 * times, collapse = ","), if (inherits(found, "nb")) paste(sum(card(found)) / 2, "pairs") else ""))
}

values <- read.csv(file.path(folder, "values.csv"))
links <- as.matrix(read.csv(file.path(folder, "links.csv"))) + 1L
both <- rbind(links, links[, 2:1])
neighbours <- unname(split(both[, 2], factor(both[, 1], levels = seq_len(nrow(values)))))
neighbours <- lapply(neighbours, function(list) if (length(list) == 0) 0L else sort(as.integer(list)))
class(neighbours) <- "nb"
listed <- nb2listw(neighbours, style = "W", zero.policy = TRUE)
own <- nb2listw(include.self(neighbours), style = "B", zero.policy = TRUE)
rate <- values$count / values$population
set.seed(1)
report("analytic", "localG", function() localG(rate, own, zero.policy = TRUE))
report("local", "EBlocal", function() EBlocal(values$count, values$population, neighbours, zero.policy = TRUE))
report("moran999", "localmoran_perm 999", function() localmoran_perm(rate, listed, nsim = 999, zero.policy = TRUE))

suppressMessages(sf::sf_use_s2(FALSE))
areas <- sf::st_read(file.path(folder, "areas.geojsonl"), quiet = TRUE)
areas <- areas[!sf::st_is_empty(areas), ]
report("neighbours", "poly2nb snap 1e-5°", function() suppressMessages(suppressWarnings(poly2nb(areas, snap = 1e-5))))
