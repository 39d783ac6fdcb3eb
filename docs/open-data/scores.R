# Read what a territory has published, and print the score of each family as CSV.
#
#     Rscript scores.R https://grille.example.org/donnees/une-campagne
#
# Needs nothing but R. A hidden score is NA, with the reason in the column « reason »: it is not zero.

address <- sub("/+$", "", commandArgs(trailingOnly = TRUE)[1])

rows_of <- function(table) {
  read.csv(
    url(paste0(address, "/", table, ".csv"), encoding = "UTF-8"),
    fileEncoding = "UTF-8-BOM", na.strings = "", colClasses = c(family = "character")
  )
}

territory <- rows_of("territory")
cat("family,score,published\n")
for (line in seq_len(nrow(territory))) {
  score <- territory$score[line]
  written <- if (is.na(score)) "NA" else formatC(score, format = "f", digits = 3)
  cat(territory$family[line], written, territory$published[line], sep = ",")
  cat("\n")
}
