// `chancery audit follow` and `chancery audit export`: all pages of the list of audit entries, with its filters as options.
import { setTimeout as pause } from 'node:timers/promises'
import { Command, Option } from 'commander'
import { auditOperations } from '../../admin/audit/operations.ts'
import type { AdminAnswer, AdminRequest } from '../admin/answer.ts'
import { explainRefusal } from '../admin/answer.ts'
import { addMemberOption, givenValue, type Member, membersOf } from '../admin/options.ts'
import { type CommandContext, type ExitCode, ending, type MakeCommand } from '../context.ts'
import { csvHeader, csvLine } from './csv.ts'
import { entryLine } from './entry-text.ts'

type Members = Readonly<Record<string, unknown>>

/** Milliseconds between two looks for new entries. */
const followEvery = 1000

const list = auditOperations.find(({ name }) => name === 'ListAuditEntries')
const filters: readonly Member[] = list === undefined ? [] : membersOf(list.query)
const filtersBut = (...names: readonly string[]): readonly Member[] =>
  filters.filter(({ name }) => !['limit', 'cursor', 'follow', ...names].includes(name))

export const followCommand: MakeCommand = (context, ended) => {
  const members = filtersBut('order', 'to')
  const command = listCommand('follow', 'print entries as they are written, until it is interrupted', members)
  return command.option('--json', 'print JSON lines').action(() =>
    ending({ context, ended }, async () => {
      const options = command.opts<Members>()
      const query = {
        from: new Date(context.now() * 1000).toISOString(),
        ...valuesOf(context, members, options),
      }
      const print = options['json'] === true ? jsonLine : entryLine
      return eachPage(context, options, { ...query, follow: true }, (entries) => {
        for (const entry of entries) context.out(print(entry))
      })
    }),
  )
}

export const exportCommand: MakeCommand = (context, ended) => {
  const members = filtersBut()
  const command = listCommand('export', 'print all entries as JSON lines or CSV', members)
  return command
    .addOption(
      new Option('--format <format>', 'form of the lines').choices(['jsonl', 'csv']).default('jsonl'),
    )
    .action(() =>
      ending({ context, ended }, async () => {
        const options = command.opts<Members>()
        const csv = options['format'] === 'csv'
        if (csv) context.out(csvHeader)
        const query = { order: 'oldest', ...valuesOf(context, members, options) }
        return eachPage(context, options, query, (entries) => {
          context.out(entries.map(csv ? csvLine : jsonLine).join(''))
        })
      }),
    )
}

function listCommand(name: string, description: string, members: readonly Member[]): Command {
  const command = new Command(name).description(description)
  for (const member of members) addMemberOption(command, member)
  return command
    .option('--url <url>', 'URL of the server')
    .option('--profile <name>', 'profile of the AWS configuration files')
}

const valuesOf = (context: CommandContext, members: readonly Member[], options: Members): Members =>
  Object.fromEntries(
    members.flatMap((member) => {
      const value = givenValue(member, options, context)
      return value === undefined ? [] : [[member.name, value]]
    }),
  )

/** Until a page has no cursor, or the command is interrupted; a page with nothing new is asked for again after a pause. */
async function eachPage(
  context: CommandContext,
  options: Members,
  query: Members,
  print: (entries: readonly Members[]) => void,
): Promise<ExitCode> {
  const from = { url: textOf(options['url']), profile: textOf(options['profile']) }
  const stopped = context.stopped()
  let cursor: string | undefined
  do {
    const request: AdminRequest = {
      method: 'GET',
      path: '/v1/admin/audit',
      query: { ...query, limit: 1000, ...(cursor !== undefined && { cursor }) },
      body: undefined,
      ifMatch: undefined,
    }
    const answer: AdminAnswer = await context.callAdmin(from, request)
    if (answer.status >= 400) {
      context.err(`${explainRefusal(answer)}\n`)
      return 1
    }
    const entries = entriesOf(answer.body)
    print(entries)
    cursor = answer.cursor
    if (query['follow'] === true && entries.length === 0)
      await pause(followEvery, undefined, { signal: stopped }).catch(() => undefined)
  } while (cursor !== undefined && !stopped.aborted)
  return 0
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function entriesOf(body: unknown): readonly Members[] {
  const items = isMembers(body) ? body['items'] : undefined
  return Array.isArray(items) ? items.filter(isMembers) : []
}

const jsonLine = (entry: Members): string => `${JSON.stringify(entry)}\n`
