// `chancery start`, `health`, `config`, `registration-token`.

import { get } from 'node:http'
import { get as getTls } from 'node:https'
import { Command, InvalidArgumentError } from 'commander'
import { type Config, configurationSchema, issuerOf, variables } from '../config.ts'
import { insecureRedirects } from '../oidc/clients/settings.ts'
import { Problem } from '../problem.ts'
import { sendControlCommand } from '../web/control-socket.ts'
import { checkTlsFiles } from '../web/listen.ts'
import { type ExitCode, ending, type MakeCommand } from './context.ts'
import { checkCertificate } from './doctor/certificate.ts'
import { providerFindings } from './doctor/command.ts'

export const startCommand: MakeCommand = () =>
  new Command('start')
    .description('start the server, as `npm start` does')
    .addHelpText('after', () => `\nEnvironment variables, all optional:\n${variableList()}`)
    .action(async () => {
      await import('../main.ts')
    })

function variableList(): string {
  const width = Math.max(...variables.map(({ name }) => name.length))
  return variables
    .map(({ name, default: value, meaning }) => `  ${name.padEnd(width)}  ${meaning} (${value})`)
    .join('\n')
}

export const healthCommand: MakeCommand = (context, ended) =>
  new Command('health').description('ask the server at the configured port whether it is ready').action(() =>
    ending({ context, ended }, async (): Promise<ExitCode> => {
      const config = context.config()
      const where = `${config.tls ? 'https' : 'http'}://${localHost(config)}:${config.port}`
      if (await isReady(config)) {
        context.out(`ready at ${where}\n`)
        return 0
      }
      context.err(
        `chancery: no server that is ready answers at ${where}: \`chancery start\` starts one, CHANCERY_HOST and CHANCERY_PORT name another\n`,
      )
      return 1
    }),
  )

const localHost = ({ host }: Config): string => (host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host)

export const configCommand: MakeCommand = (context, ended) =>
  new Command('config')
    .description(
      'check the settings, every fault at once, without starting; warns of certificates and providers',
    )
    .option('--schema', 'print the JSON schema of the configuration file instead')
    .action(({ schema = false }: { readonly schema?: boolean }) =>
      ending({ context, ended }, async (): Promise<ExitCode> => {
        if (schema) {
          context.out(`${JSON.stringify(configurationSchema(), null, 2)}\n`)
          return 0
        }
        const config = context.config()
        if (config.tls) checkTlsFiles(config.tls)
        for (const warning of insecureRedirects(config.file.clients)) context.out(`warning: ${warning}\n`)
        const findings = [
          ...(config.tls ? await checkCertificate(config, issuerOf(config), context.now() * 1000) : []),
          ...(config.file.identity_providers.length > 0 ? await providerFindings(context) : []),
        ]
        for (const { check, message, status } of findings)
          if (status !== 'ok') context.out(`warning: ${check}: ${message}\n`)
        context.out('the settings are fine\n')
        return 0
      }),
    )

export const reloadCommand: MakeCommand = (context, ended) =>
  new Command('reload')
    .description('let the running server read its configuration file again; a faulty file changes nothing')
    .action(() =>
      ending({ context, ended }, async (): Promise<ExitCode> => {
        const dataDir = context.dataDir()
        const answers = await sendControlCommand(dataDir, '/reload')
        if (answers.length === 0)
          throw new Problem(
            'not_found',
            `no server runs on \`${dataDir}\`: run this where the server runs, as its user, with its CHANCERY_DATA`,
          )
        for (const { done, message } of answers) (done ? context.out : context.err)(`${message}\n`)
        return answers.every(({ done }) => done) ? 0 : 1
      }),
    )

export const registrationTokenCommand: MakeCommand = (context, ended) =>
  new Command('registration-token')
    .description('make an initial access token with which a client registers at /register')
    .option('--expires-in <seconds>', 'how long it can be used, 60 to 2592000', lifetime, 3600)
    .action((options: { readonly expiresIn: number }) =>
      ending({ context, ended }, async (): Promise<ExitCode> => {
        context.out(`${await context.createInitialAccessToken(context.config(), options)}\n`)
        return 0
      }),
    )

function lifetime(text: string): number {
  const seconds = Number(text)
  if (!Number.isInteger(seconds) || seconds < 60 || seconds > 2_592_000)
    throw new InvalidArgumentError('expected a whole number of seconds from 60 to 2592000')
  return seconds
}

/** Whether `/readyz` answers 200 within 2.5 s; for container health checks. */
function isReady(config: Config): Promise<boolean> {
  const host = localHost(config)
  return new Promise((done) => {
    const options = { host, port: config.port, path: '/readyz', timeout: 2_500 }
    // The certificate is the public name's, which is not what a loopback check connects to.
    const request = config.tls
      ? getTls({ ...options, rejectUnauthorized: false }, answered)
      : get(options, answered)
    function answered(answer: { statusCode?: number | undefined; resume(): unknown }): void {
      answer.resume()
      done(answer.statusCode === 200)
    }
    request.on('timeout', () => request.destroy())
    request.on('error', () => done(false))
  })
}
