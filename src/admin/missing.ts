// What there is not: which kind of thing, by which name, in which account, and where those that there are can be listed.
import { type Missing, Problem } from '../problem.ts'

interface Kind {
  readonly word: string
  /** The command that lists them. */
  readonly list: string
  /** More that is likely. */
  readonly more?: string
  /** Of the whole server, or named with the account itself. */
  readonly everywhere?: true
}

const expired = 'entries older than the retention are gone'

/** By the path parameter that names the thing. */
const kinds = {
  person: { word: 'person', list: 'chancery people list' },
  group: { word: 'group', list: 'chancery groups list' },
  request: { word: 'access request', list: 'chancery access-requests list' },
  provider: { word: 'identity provider', list: 'chancery identity-providers list' },
  client: { word: 'client', list: 'chancery clients list' },
  policy: { word: 'managed policy', list: 'aws iam list-policies --scope Local' },
  entry: { word: 'audit entry', list: 'chancery audit list', more: expired },
  reference: { word: 'audit entry of the request', list: 'chancery audit list', more: expired },
  view: { word: 'saved audit view', list: 'chancery audit views' },
  account: { word: 'account', list: 'chancery account list', everywhere: true },
  token: { word: 'SCIM token', list: 'chancery scim-tokens list' },
} as const satisfies Readonly<Record<string, Kind>>

export type MissingKind = keyof typeof kinds

const isKind = (parameter: string): parameter is MissingKind => Object.hasOwn(kinds, parameter)

/** Characters of a name that are repeated. */
const longestName = 128

/** A person that the body names. */
const userArn = /^arn:aws:iam::\d{12}:user\/(?:.*\/)?([^/]+)$/

/**
 * The first parameter of the path names what an operation is about.
 * @param given parameters of the path, in its order
 * @param arn what is asked for where the path names nothing: a person, or what is refused to accounts that do not operate the server
 */
export function missingTarget(
  path: string,
  given: Readonly<Record<string, unknown>>,
  accountId: string,
  arn: string,
): Problem {
  const parameter = /:(\w+)/.exec(path)?.[1] ?? ''
  if (isKind(parameter)) return missing(parameter, String(given[parameter]), accountId)
  const [, person] = userArn.exec(arn) ?? []
  if (person !== undefined) return missing('person', person, accountId)
  return new Problem(
    'not_found',
    `\`${arn.slice(0, 512)}\` belongs to the account of the first start, whose administrators operate the server`,
  )
}

/** Problem('not_found') that names the thing, at most 128 characters of its name, and the operation that lists such things. */
export function missing(kind: MissingKind, name: string, accountId: string): Problem {
  const { word, list, more, everywhere }: Kind = kinds[kind]
  // A backtick in a name would end it in the sentence.
  const plain = name.slice(0, longestName).replaceAll('`', "'")
  const shown = name.length > longestName ? `${plain}…` : plain
  const what = `there is no ${word} \`${shown}\`${everywhere ? '' : ` in account ${accountId}`}`
  const sentence = name === '' ? `no ${word} is named` : more === undefined ? what : `${what}; ${more}`
  const about: Missing = { kind, sentence }
  return new Problem('not_found', `${sentence}; \`${list}\` lists what there is`, {
    missing: about,
  })
}
