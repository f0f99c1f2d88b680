// The commands that call the admin API, made from its table of operations: path parameters are arguments, members of query
// and body are options. Several operations share a first word, such as `people`.
import { Command } from 'commander'
import type { Operation } from '../../admin/operation.ts'
import { operations } from '../../admin/operations.ts'
import { type CommandContext, type Ended, type ExitCode, ending, type MakeCommand } from '../context.ts'
import { type AdminAnswer, type AdminRequest, explainRefusal } from './answer.ts'
import { addMemberOption, givenValue, type Member, membersOf } from './options.ts'
import { printAnswer } from './output.ts'

const descriptions: ReadonlyMap<string, string> = new Map([
  ['people', 'people: list, show, create and change them, their sessions and factors'],
  ['groups', 'groups and their members'],
  ['clients', 'applications: list, show, create and change them, and their secrets'],
  [
    'identity-providers',
    'identity providers that people sign in with: list, show, create, change and check them',
  ],
  ['audit', 'the audit trail: read it, export it and check it'],
  ['keys', 'keys of this server, and access keys that a workload holds'],
  ['account', 'accounts of this server: list, create, close, and limit them by guardrails'],
  [
    'settings',
    'how people sign in, and how pages and mails look: passwords, second factors, sessions, brand',
  ],
  ['findings', 'what needs an administrator'],
  ['mail-server', 'the mail server of a running server: its settings, and a test message to yourself'],
  ['policy-tests', 'tests kept with managed policies'],
  ['sessions', 'end sessions by what they depend on'],
  ['access-requests', 'requests to become a role for a time: list, approve, refuse and end them'],
  ['quotas', 'how many users, roles, policies and so on an account may have'],
  ['scim-tokens', 'bearer tokens with which a directory provisions people over SCIM'],
])

/** What to say beside the empty table of a list whose filters a caller easily gets wrong. */
const hintsWhenEmpty: ReadonlyMap<string, string> = new Map([
  [
    'audit list',
    'no entry fits: filters compare whole values, so --who and --resource take an ARN, such as arn:aws:iam::123456789012:user/ada, and --action takes one such as iam:CreateUser',
  ],
])

/** First words whose commands are not all calls of the admin API: a file of their own puts both together. */
const mixed: ReadonlySet<string> = new Set(['audit', 'people'])

/** A command for each first word of the operations, in the order of the table. */
export const adminCommands: readonly MakeCommand[] = [...new Set(operations.map(wordOf))]
  .filter((word) => !mixed.has(word))
  .map((word) => (context, ended) => adminCommand(word, context, ended))

/** The command of one first word, with a command below it for each operation. */
export function adminCommand(word: string, context: CommandContext, ended: Ended): Command {
  const command = new Command(word).description(descriptions.get(word) ?? word)
  for (const operation of operations)
    if (wordOf(operation) === word && operation.command.isOwn !== true)
      command.addCommand(operationCommand(operation, context, ended))
  return command.addHelpText(
    'after',
    '\nCalls the admin API of a server: --url, else CHANCERY_URL, CHANCERY_ISSUER, AWS_ENDPOINT_URL or\nhttp://localhost:3000. Credentials: --profile, else AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY,\nAWS_PROFILE, the default profile, or data/root-credentials of a first start on this machine.',
  )
}

function wordOf({ command }: Operation): string {
  return command.words.split(' ')[0] ?? ''
}

type Options = Readonly<Record<string, unknown>>

function operationCommand(operation: Operation, context: CommandContext, ended: Ended): Command {
  const [, ...names] = operation.command.words.split(' ')
  const command = new Command(names.join('-')).description(operation.summary)
  const params = membersOf(operation.params)
  for (const { name, description } of params) command.argument(`<${name}>`, description)
  const query = membersOf(operation.query)
  const body = membersOf(operation.body)
  // What is created has nothing yet that an empty text could remove.
  const creates = operation.method === 'POST' && params.length === 0
  for (const member of [...query, ...body])
    addMemberOption(command, creates ? { ...member, removable: false } : member)
  if (isList(operation)) command.option('--all', 'every page, one after the other')
  if (operation.method !== 'GET' && params.length > 0)
    command.option('--if-match <etag>', 'only if it was not changed since it had this ETag')
  return command
    .option('--json', 'print JSON')
    .option('--url <url>', 'URL of the server')
    .option('--profile <name>', 'profile of the AWS configuration files')
    .action((...given: unknown[]) =>
      ending({ context, ended }, () => {
        const options = command.opts<Options>()
        const path = params.reduce(
          (text, { name }, at) => text.replace(`:${name}`, encodeURIComponent(String(given[at]))),
          operation.path,
        )
        return run(context, operation, options, {
          method: operation.method,
          path,
          query: valuesOf(context, query, options),
          body: body.length === 0 ? undefined : valuesOf(context, body, options),
          ifMatch: typeof options['ifMatch'] === 'string' ? options['ifMatch'] : undefined,
        })
      }),
    )
}

const isList = ({ command }: Operation): boolean => command.columns !== undefined

function valuesOf(
  context: CommandContext,
  members: readonly Member[],
  options: Options,
): Record<string, unknown> {
  return Object.fromEntries(
    members.flatMap((member) => {
      const value = givenValue(member, options, context)
      return value === undefined ? [] : [[member.name, value]]
    }),
  )
}

async function run(
  context: CommandContext,
  operation: Operation,
  options: Options,
  request: AdminRequest,
): Promise<ExitCode> {
  const from = { url: textOption(options['url']), profile: textOption(options['profile']) }
  const answers: AdminAnswer[] = []
  let next: AdminRequest | undefined = request
  while (next !== undefined) {
    const answer: AdminAnswer = await context.callAdmin(from, next)
    if (answer.status >= 400) {
      context.err(`${explainRefusal(answer)}\n`)
      return 1
    }
    answers.push(answer)
    const cursor: string | undefined = options['all'] === true ? answer.cursor : undefined
    next = cursor === undefined ? undefined : { ...request, query: { ...request.query, cursor } }
  }
  printAnswer(context, operation, answers, options['json'] === true)
  const { hasFindings, words } = operation.command
  const whenEmpty = hintsWhenEmpty.get(words)
  if (whenEmpty !== undefined && answers.every(isEmptyPage)) context.err(`${whenEmpty}\n`)
  return hasFindings !== undefined && answers.some(({ body }) => hasFindings(body)) ? 1 : 0
}

const isEmptyPage = ({ body, cursor }: AdminAnswer): boolean =>
  cursor === undefined &&
  typeof body === 'object' &&
  body !== null &&
  'items' in body &&
  Array.isArray(body.items) &&
  body.items.length === 0

const textOption = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
