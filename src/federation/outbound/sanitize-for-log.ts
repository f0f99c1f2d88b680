// Text from another server, made safe for our log: one short line without control characters.
const maxLength = 200

export const sanitizeForLog = (text: string): string =>
  text
    .slice(0, maxLength * 4)
    .replace(/[\p{C}\p{Z}]+/gu, ' ')
    .trim()
    .slice(0, maxLength)
