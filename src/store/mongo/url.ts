// The connection string: the database, the options that affect durability, and a form without credentials for messages.
import { Problem } from '../../problem.ts'

export interface Place {
  readonly database: string
  /** For messages: hosts and database, never the user or the password. */
  readonly name: string
  /** Options of the connection string, lower case. */
  readonly given: ReadonlyMap<string, string>
  /** `text` with user and password of the connection string replaced. */
  redacted(text: string): string
}

/** With weaker options, an acknowledged change could be lost or not be visible to another process. */
const required: readonly (readonly [string, string])[] = [
  ['w', 'majority'],
  ['journal', 'true'],
  ['readconcernlevel', 'majority'],
  ['readpreference', 'primary'],
]

const fault = (message: string): Problem => new Problem('invalid_input', `CHANCERY_STORE: ${message}`)

/** @throws Problem('invalid_input'), whose message does not contain the text because that may have a password */
export function placeOf(url: string): Place {
  const parts = /^mongodb(?:\+srv)?:\/\/(?:([^@/]*)@)?([^@/?]+)(?:\/([^@?]*))?(?:\?([^@]*))?$/.exec(url)
  const malformed = fault('must be `mongodb://host/database`, with user and password percent-encoded')
  if (!parts?.[2]) throw malformed
  const [, credentials = '', hosts, path = '', query = ''] = parts
  if (![credentials, path].every(isPercentEncoded)) throw malformed
  const database = path === '' ? 'chancery' : decodeURIComponent(path)
  if (/[/\\. "$*<>:|?\0]/.test(database))
    throw fault('the database name has a character that MongoDB does not allow')
  const given = new Map([...new URLSearchParams(query)].map(([name, value]) => [name.toLowerCase(), value]))
  for (const [name, only] of required) {
    const value = given.get(name)
    if (value !== undefined && value !== only)
      throw fault(`the option \`${name}\` must be \`${only}\`, which is the default here`)
  }
  return { database, given, name: `${database} at ${hosts}`, redacted: hide(secretsOf(url, credentials)) }
}

function secretsOf(url: string, credentials: string): readonly string[] {
  const parts = [credentials, ...credentials.split(':')].filter((part) => part !== '')
  return [...new Set([url, ...parts, ...parts.map(decodeURIComponent)])].toSorted(
    (a, b) => b.length - a.length,
  )
}

function isPercentEncoded(text: string): boolean {
  try {
    decodeURIComponent(text)
    return true
  } catch {
    return false
  }
}

const hide =
  (secrets: readonly string[]) =>
  (text: string): string =>
    secrets.reduce((left, secret) => left.replaceAll(secret, '[hidden]'), text)
