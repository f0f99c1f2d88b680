// `chancery doctor`: checks what an operator would look at first, a line for each, with what to do.
import { Command } from 'commander'
import { issuerOf } from '../../config.ts'
import { type CommandContext, type ExitCode, ending, type MakeCommand } from '../context.ts'
import { checkCertificate } from './certificate.ts'
import { type Finding, findingsOf, lineOf, ok } from './finding.ts'
import { checkMail } from './mail.ts'
import { checkPlaces } from './places.ts'
import { checkReachable } from './providers.ts'
import { checkPublicUrl } from './public-url.ts'

export const doctorCommand: MakeCommand = (context, ended) =>
  new Command('doctor')
    .description(
      'check the public URL, proxy, clock, cookies, store, keys, certificate, mail, places and providers of a server',
    )
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nExit codes: 0 nothing failed (warnings may have been printed), 1 a check failed.',
    )
    .action(({ json = false }: { readonly json?: boolean }) =>
      ending({ context, ended }, async (): Promise<ExitCode> => {
        const findings = await examine(context)
        context.out(json ? `${JSON.stringify(findings, null, 2)}\n` : `${findings.map(lineOf).join('\n')}\n`)
        return findings.some(({ status }) => status === 'fail') ? 1 : 0
      }),
    )

async function examine(context: CommandContext): Promise<readonly Finding[]> {
  const config = context.config()
  const issuer = issuerOf(config)
  const { checkStore } = await import('./store.ts')
  return [
    ok('settings', 'every variable and the configuration file are valid'),
    ...(await checkPublicUrl(issuer, config)),
    ...(await checkStore(config, context.now())),
    ...(await checkCertificate(config, issuer, context.now() * 1000)),
    ...(await checkMail(config)),
    ...(await checkPlaces(config, context.now())),
    ...(await providerFindings(context)),
  ]
}

/** The findings about every provider of the file and of the store. */
export const providerFindings = (context: CommandContext): Promise<readonly Finding[]> =>
  findingsOf('provider', 'see `chancery provider check`', async () => {
    const opened = await context.openProviders()
    try {
      return await checkReachable(opened)
    } finally {
      await opened.close()
    }
  })
