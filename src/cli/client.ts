// `chancery client`: what applications get.
import { Command } from 'commander'
import type { ClientPreview, OpenedPreview, PreviewedClaim } from '../oidc/client-preview.ts'
import { type CommandContext, ending, type MakeCommand, printed } from './context.ts'

export const clientCommand: MakeCommand = (context, ended) =>
  new Command('client')
    .description('applications: the claims that they get')
    .addCommand(previewCommand(context, ended))

interface PreviewOptions {
  readonly client: string
  readonly user: string
  readonly scope?: string
  readonly resource?: string
  readonly json?: boolean
}

const previewCommand: MakeCommand = (context, ended) =>
  new Command('preview')
    .description('show the tokens that a client would get for a user, each claim with where it comes from')
    .requiredOption('--client <id>', 'its client_id, in the configuration file or registered')
    .requiredOption('--user <name>', 'name of the user')
    .option('--scope <scopes>', 'scopes it asks for, separated by spaces (default: all that it may have)')
    .option('--resource <uri>', 'the resource that the access token is for')
    .option('--json', 'print JSON')
    .action(({ client, user, scope, resource, json = false }: PreviewOptions) =>
      ending({ context, ended, onProblem: 2 }, async () => {
        const scopes = scope?.split(' ').filter((word) => word !== '')
        const shown = await withPreview(context, (preview) => preview({ client, user, scopes, resource }))
        return printed(context, {
          code: 0,
          out: json ? JSON.stringify(shown, null, 2) : previewText(shown),
          err: '',
        })
      }),
    )

async function withPreview<T>(
  context: CommandContext,
  work: (preview: OpenedPreview['preview']) => Promise<T>,
): Promise<T> {
  const opened = await context.openPreview(context.config())
  try {
    return await work((request) => opened.preview(request))
  } finally {
    await opened.close()
  }
}

function previewText({ client, user, scopes, idToken, userinfo, accessToken }: ClientPreview): string {
  const access = accessToken.format === 'jwt' ? 'Access token (JWT)' : 'Access token (opaque), introspected'
  return [
    `client ${client}, user ${user}, scope ${scopes.join(' ')}`,
    ...section('ID token', idToken),
    ...section('Userinfo', userinfo),
    ...section(access, accessToken.claims),
  ].join('\n')
}

const section = (title: string, claims: readonly PreviewedClaim[]): string[] => [
  '',
  title,
  ...(claims.length === 0 ? ['  none'] : columns(claims)),
]

function columns(claims: readonly PreviewedClaim[]): string[] {
  const rows = claims.map(({ claim, value, origin, detail }) => [
    claim,
    JSON.stringify(value),
    detail === '' ? origin : `${origin}, ${detail}`,
  ])
  const width = (column: number) => Math.min(48, Math.max(...rows.map((row) => (row[column] ?? '').length)))
  const [first, second] = [width(0), width(1)]
  return rows.map(([name = '', value = '', from = '']) =>
    `  ${name.padEnd(first)}  ${value.padEnd(second)}  ${from}`.trimEnd(),
  )
}
