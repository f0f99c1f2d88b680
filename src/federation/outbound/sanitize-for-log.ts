// What the other side wrote, as it may stand in our log: short, one line, nothing that moves a terminal's cursor.
const maxLength = 200

export const said = (text: string): string =>
  text
    .slice(0, maxLength * 4)
    .replace(/[\p{C}\p{Z}]+/gu, ' ')
    .trim()
    .slice(0, maxLength)
