// `chancery why REFERENCE`: what happened to a request, from its audit entries.
import { Command } from 'commander'
import { referenceIn } from '../../iam/audit/reference.ts'
import { UsageError } from '../../policy/command/command-result.ts'
import { explainRefusal } from '../admin/answer.ts'
import { ending, type MakeCommand } from '../context.ts'
import { explanationText } from './entry-text.ts'

type Members = Readonly<Record<string, unknown>>

export const whyCommand: MakeCommand = (context, ended) => {
  const command = new Command('why')
    .description('explain a request by its reference: what was decided and why, as it was then')
    .argument('<reference>', 'reference that the error message or page showed, or the whole message')
  return command
    .option('--json', 'print JSON')
    .option('--url <url>', 'URL of the server')
    .option('--profile <name>', 'profile of the AWS configuration files')
    .action((reference: string) =>
      ending({ context, ended }, async () => {
        const found = referenceIn(reference)
        if (found === undefined)
          throw new UsageError(
            'chancery why: there is no reference in this text: give the authorization id, the Reference of a page, the x-request-id header or the requestId; `chancery audit list --outcome denied` lists what was denied',
          )
        const { url, profile, json } = command.opts<{ url?: string; profile?: string; json?: boolean }>()
        const answer = await context.callAdmin(
          { url, profile },
          {
            method: 'GET',
            path: `/v1/admin/audit/requests/${encodeURIComponent(found)}`,
            query: {},
            body: undefined,
            ifMatch: undefined,
          },
        )
        if (answer.status >= 400) {
          context.err(`${explainRefusal(answer)}\n`)
          return 1
        }
        const { body } = answer
        context.out(
          json === true
            ? `${JSON.stringify(body, null, 2)}\n`
            : entriesOf(body).map(explanationText).join('\n'),
        )
        return 0
      }),
    )
}

const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function entriesOf(body: unknown): readonly Members[] {
  const entries = isMembers(body) ? body['entries'] : undefined
  return Array.isArray(entries) ? entries.filter(isMembers) : []
}
