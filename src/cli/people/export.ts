// `chancery people export`: everybody as a CSV file that can be imported, without passwords.
import { Command } from 'commander'
import { exportHeader, exportLine } from '../../admin/people/csv/columns.ts'
import { type AdminAnswer, type AdminSource, explainRefusal } from '../admin/answer.ts'
import { type CommandContext, type ExitCode, ending, type MakeCommand } from '../context.ts'
import { withProgress } from '../progress.ts'

export const exportCommand: MakeCommand = (context, ended) =>
  new Command('export')
    .description('print all people as the CSV file that import takes, without passwords')
    .option('--url <url>', 'URL of the server')
    .option('--profile <name>', 'profile of the AWS configuration files')
    .action((source: AdminSource) => ending({ context, ended }, () => exportPeople(context, source)))

function exportPeople(context: CommandContext, { url, profile }: AdminSource): Promise<ExitCode> {
  const stopped = context.stopped()
  return withProgress(context, 'people', async (progress): Promise<ExitCode> => {
    context.out(exportHeader)
    let cursor: string | undefined
    let done = 0
    do {
      if (stopped.aborted) {
        context.err('interrupted: the file is not complete\n')
        return 1
      }
      const answer: AdminAnswer = await context.callAdmin(
        { url, profile },
        {
          method: 'GET',
          path: '/v1/admin/people',
          query: { limit: 200, ...(cursor !== undefined && { cursor }) },
          body: undefined,
          ifMatch: undefined,
        },
      )
      if (answer.status >= 400) {
        context.err(`${explainRefusal(answer)}\n`)
        return 1
      }
      const people = itemsOf(answer.body)
      context.out(people.map(exportLine).join(''))
      done += people.length
      progress(done)
      cursor = answer.cursor
    } while (cursor !== undefined)
    return 0
  })
}

type Members = Readonly<Record<string, unknown>>

const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function itemsOf(body: unknown): readonly Members[] {
  const items = isMembers(body) ? body['items'] : undefined
  return Array.isArray(items) ? items.filter(isMembers) : []
}
