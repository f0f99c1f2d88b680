// `chancery agent`: keeps credentials of a role current and serves them to AWS SDKs on this machine.
import { homedir } from 'node:os'
import { join } from 'node:path'
import { Command, InvalidArgumentError } from 'commander'
import type { AwsEndpoint } from '../../agent/aws-call.ts'
import { replacePrivateFile } from '../../agent/credential-cache.ts'
import { authorizationToken } from '../../agent/endpoint/authorization-token.ts'
import { containerPath } from '../../agent/endpoint/container-credentials.ts'
import { InstanceMetadata } from '../../agent/endpoint/instance-metadata.ts'
import { userId } from '../../agent/endpoint/peer-user.ts'
import { startEndpoint } from '../../agent/endpoint/server.ts'
import { type ObtainSettings, obtainCredentials } from '../../agent/obtain.ts'
import { Refresher } from '../../agent/refresher.ts'
import { keepRotated } from '../../agent/rotation/keep-rotated.ts'
import { isoTime } from '../../agent/session-credentials.ts'
import { notifyReady } from '../../agent/systemd.ts'
import { type CommandContext, type ExitCode, ending, type MakeCommand } from '../context.ts'
import {
  addRoleOptions,
  endpointOf,
  obtainDependencies,
  obtainSettings,
  type RoleOptions,
} from './options.ts'
import {
  addRotationOptions,
  advanceOn,
  duration,
  type RotationOptions,
  rotationSettings,
} from './rotation.ts'

interface AgentOptions extends RoleOptions, RotationOptions {
  /** Seconds. */
  readonly rotateKey?: number
  readonly port: number
  readonly authorizationFile?: string
  readonly environmentFile?: string
  readonly instanceMetadata?: boolean
  readonly allowUser?: readonly string[]
}

export const agentCommand: MakeCommand = (context, ended) =>
  addRotationOptions(
    addRoleOptions(
      new Command('agent').description(
        'keep credentials of a role current and serve them to AWS SDKs on this machine',
      ),
    ),
  )
    .option(
      '--rotate-key <age>',
      'also replace the access key of the profile when it is older than this, such as 30d',
      duration,
    )
    .option('--port <port>', 'port on 127.0.0.1; 0 is a free one', portNumber, 1338)
    .option(
      '--authorization-file <file>',
      'file of mode 0600 with the token for programs (default: authorization-token in RUNTIME_DIRECTORY, XDG_RUNTIME_DIR/chancery-agent or ~/.chancery-agent)',
    )
    .option('--environment-file <file>', 'also write the variables for programs into this file, of mode 0600')
    .option('--instance-metadata', 'also serve the instance metadata service, version 2')
    .option(
      '--allow-user <user...>',
      'users beside this one and root that may ask the instance metadata service',
    )
    .action((options: AgentOptions) => ending({ context, ended }, () => runAgent(context, options)))

function portNumber(text: string): number {
  const port = Number(text)
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new InvalidArgumentError('expected a whole number from 0 to 65535')
  return port
}

/** Serves credentials where a role is named, and rotates the access key where that was asked for; until it is stopped. */
async function runAgent(context: CommandContext, options: AgentOptions): Promise<ExitCode> {
  const stopped = context.stopped()
  const server = endpointOf(context, options)
  const settings = obtainSettings(context, options)
  const servesRole = settings.roleArn !== undefined || settings.instanceProfile !== undefined
  await Promise.all([
    ...(servesRole || options.rotateKey === undefined
      ? [serveRole(context, options, server, settings, stopped)]
      : []),
    ...(options.rotateKey === undefined
      ? []
      : [rotateKey(context, options, server, options.rotateKey, stopped)]),
  ])
  return 0
}

function rotateKey(
  context: CommandContext,
  options: AgentOptions,
  server: AwsEndpoint,
  maxAge: number,
  stopped: AbortSignal,
): Promise<void> {
  const settings = rotationSettings(context, options, maxAge)
  return keepRotated({
    advance: () => advanceOn(context, settings, server),
    now: context.now,
    stopped,
    onProblem: (message) => context.err(`rotation of the access key: ${message}\n`),
  })
}

async function serveRole(
  context: CommandContext,
  options: AgentOptions,
  server: AwsEndpoint,
  settings: ObtainSettings,
  stopped: AbortSignal,
): Promise<void> {
  const obtain = obtainCredentials(settings, obtainDependencies(context, options, server))
  const ready = Promise.withResolvers<void>()
  const refresher = new Refresher({
    obtain,
    now: context.now,
    random: Math.random,
    onRefreshed({ roleArn, expiration }) {
      context.err(`credentials of ${roleArn} until ${isoTime(expiration)}\n`)
      ready.resolve()
    },
    onFailed: ({ message }, retryIn) => context.err(`${message}; next attempt in ${Math.ceil(retryIn)} s\n`),
  })
  const current = () => refresher.current()
  const tokenPath = options.authorizationFile ?? usualTokenFile(context.env())
  const endpoint = await startEndpoint({
    port: options.port,
    authorization: authorizationToken(tokenPath),
    current,
    metadata: options.instanceMetadata ? metadataOf(context, options, server.region, current) : undefined,
  })
  try {
    publishEnvironment(context, options, endpoint.url, tokenPath)
    await refresher.start()
    const ending = new Promise<void>((done) =>
      stopped.addEventListener('abort', () => done(), { once: true }),
    )
    void ready.promise.then(() => reportReady(context))
    if (!stopped.aborted) await ending
  } finally {
    refresher.stop()
    await endpoint.close()
  }
}

const metadataOf = (
  context: CommandContext,
  { allowUser = [] }: AgentOptions,
  region: string,
  current: ConstructorParameters<typeof InstanceMetadata>[0]['current'],
): InstanceMetadata =>
  new InstanceMetadata({
    current,
    region,
    now: context.now,
    users: new Set([0, process.getuid?.() ?? 0, ...allowUser.map(userId)]),
  })

/** The variables that make AWS SDKs ask the agent. */
function publishEnvironment(
  context: CommandContext,
  { environmentFile, instanceMetadata }: AgentOptions,
  url: string,
  tokenPath: string,
): void {
  const lines = [
    `AWS_CONTAINER_CREDENTIALS_FULL_URI=${url}${containerPath}`,
    `AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE=${tokenPath}`,
    ...(instanceMetadata ? [`AWS_EC2_METADATA_SERVICE_ENDPOINT=${url}`] : []),
  ]
  context.out(`${lines.join('\n')}\n`)
  if (environmentFile !== undefined) replacePrivateFile(environmentFile, `${lines.join('\n')}\n`)
}

function usualTokenFile(env: Readonly<Record<string, string | undefined>>): string {
  const runtime = env['RUNTIME_DIRECTORY']?.split(':')[0]
  const session = env['XDG_RUNTIME_DIR']
  const directory =
    runtime || (session ? join(session, 'chancery-agent') : join(env['HOME'] ?? homedir(), '.chancery-agent'))
  return join(directory, 'authorization-token')
}

async function reportReady(context: CommandContext): Promise<void> {
  const failure = await notifyReady(context.env())
  if (failure !== undefined) context.err(`${failure}\n`)
}
