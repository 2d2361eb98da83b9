/** Words of the methods screen: what each number is, and what it is not. */
export const metode = {
  title: "Methods",
  lead: "Every number in Waspada can be followed to the reports it is made of. This page says what a number means and what it does not say.",
  says: "What it says",
  saysNot: "What it does not say",
  how: "How it is computed",
  contents: "Contents",
  refused: "When it is refused",
  source: "Source",
  api: "The full reference for other programs: the Waspada interface",
} as const;
