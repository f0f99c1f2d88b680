// The known word that a misspelt one was probably meant to be.

/** The word of `known` with the fewest changed letters, when these are few for its length. */
export function closest(word: string, known: Iterable<string>): string | undefined {
  let best: string | undefined
  let fewest = Math.floor(word.length / 4) + 1
  for (const candidate of known) {
    const changes = changedLetters(word, candidate)
    if (changes >= fewest) continue
    fewest = changes
    best = candidate
  }
  return best
}

/** ``; did you mean `port`?``, or nothing. */
export function suggestion(word: string, known: Iterable<string>): string {
  const meant = closest(word, known)
  return meant === undefined ? '' : `; did you mean \`${meant}\`?`
}

/** Letters inserted, left out, replaced, or swapped with the next one (optimal string alignment). */
function changedLetters(from: string, to: string): number {
  let before: number[] = []
  let above = Array.from({ length: to.length + 1 }, (_, at) => at)
  for (let i = 1; i <= from.length; i++) {
    const row = [i]
    for (let j = 1; j <= to.length; j++) {
      const replaced = (above[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1)
      const isSwap = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]
      const swapped = isSwap ? (before[j - 2] ?? 0) + 1 : replaced
      row.push(Math.min((above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, replaced, swapped))
    }
    before = above
    above = row
  }
  return above[to.length] ?? 0
}
