# Times R's dbscan on the points of a folder; prints a line of JSON, without start and reading. Rscript points.R FOLDER EPSILON MIN_POINTS
given <- commandArgs(TRUE)
if (!requireNamespace("dbscan", quietly = TRUE)) {
  cat('{"missing":"R dbscan","install":"apt install r-cran-dbscan"}\n')
  quit()
}
file <- file.path(given[1], "points.f64")
points <- matrix(readBin(file, "double", file.size(file) / 8), ncol = 2)
seconds <- system.time(found <- dbscan::dbscan(points, eps = as.numeric(given[2]), minPts = as.integer(given[3])))[["elapsed"]]
cat(sprintf('{"work":"dbscan","name":"R dbscan %s","times":[%s],"note":"%d clusters, %d noise"}\n',
            packageVersion("dbscan"), 1000 * seconds, max(found$cluster), sum(found$cluster == 0)))
