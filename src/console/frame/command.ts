// What a page shows, as a command: of `chancery` for the admin API, of `aws` for IAM.
import { operationNamed } from '../../admin/operations.ts'

/** A word of a POSIX shell. */
const quoted = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`

const optionName = (name: string): string =>
  `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`).replaceAll('_', '-')}`

/** The command of an operation of the admin API. @param options by the names of the operation's members */
export function adminCommand(
  issuer: string,
  operation: string,
  args: readonly string[] = [],
  options: Readonly<Record<string, string | undefined>> = {},
): string {
  const given = Object.entries(options).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [`${optionName(name)} ${quoted(value)}`],
  )
  return [
    'npx chancery',
    operationNamed(operation).command.words,
    ...args.map(quoted),
    ...given,
    `--url ${quoted(issuer)}`,
  ].join(' ')
}

/** A command of the AWS command line, such as `iam list-policies`. */
export function awsCommand(
  issuer: string,
  words: string,
  options: Readonly<Record<string, string | undefined>> = {},
): string {
  const given = Object.entries(options).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [`--${name} ${quoted(value)}`],
  )
  return [`aws ${words}`, ...given, `--endpoint-url ${quoted(issuer)}`].join(' ')
}
