// Options that `chancery agent` and `chancery credentials` share: the server, the role and the source of the proof.
import { hostname } from 'node:os'
import { type Command, InvalidArgumentError, Option } from 'commander'
import type { AwsEndpoint } from '../../agent/aws-call.ts'
import { sendRequest } from '../../agent/http.ts'
import {
  type ObtainDependencies,
  type ObtainSettings,
  type SourceName,
  sourceNames,
} from '../../agent/obtain.ts'
import { Problem } from '../../problem.ts'
import { findCredentials } from '../admin/credentials.ts'
import type { CommandContext } from '../context.ts'

export interface ServerOptions {
  readonly url?: string
  readonly region?: string
  readonly profile?: string
}

export interface RoleOptions extends ServerOptions {
  readonly role?: string
  readonly instanceProfile?: string
  readonly sessionName?: string
  readonly duration?: number
  readonly source?: SourceName
  readonly tokenFile?: string
  readonly tokenVariable: string
  readonly audience: string
  readonly clientId?: string
}

export const addServerOptions = (command: Command): Command =>
  command
    .option('--url <url>', 'URL of the server (default: CHANCERY_URL, else AWS_ENDPOINT_URL)')
    .option('--region <region>', 'region of signatures (default: AWS_REGION, else us-east-1)')
    .option('--profile <name>', 'profile of the AWS configuration files with the access key')

export const addRoleOptions = (command: Command): Command =>
  addServerOptions(command)
    .option('--role <arn>', 'role to assume (default: AWS_ROLE_ARN)')
    .option('--instance-profile <name>', 'assume the role of this instance profile, with an access key')
    .option(
      '--session-name <name>',
      'name of the session (default: AWS_ROLE_SESSION_NAME, else the host name)',
    )
    .option('--duration <seconds>', 'lifetime of the session, 900 to 43200', sessionSeconds)
    .addOption(
      new Option(
        '--source <source>',
        'what proves who the workload is (default: the token file, GitHub or GitLab where there is one, else the access key)',
      ).choices(sourceNames),
    )
    .option('--token-file <file>', 'file with a token (default: AWS_WEB_IDENTITY_TOKEN_FILE)')
    .option('--token-variable <name>', 'variable with the token of a GitLab job', 'GITLAB_OIDC_TOKEN')
    .option('--client-id <id>', 'public client with the device grant, for the source `device`')
    .option('--audience <audience>', 'audience of the token of a GitHub job', 'chancery')

/** Seconds of a session (AWS STS API: DurationSeconds). */
function sessionSeconds(text: string): number {
  const seconds = Number(text)
  if (!Number.isInteger(seconds) || seconds < 900 || seconds > 43_200)
    throw new InvalidArgumentError('expected a whole number of seconds from 900 to 43200')
  return seconds
}

/** @throws Problem('invalid_input') when no server is named or it is no http URL */
export function endpointOf(context: CommandContext, { url, region }: ServerOptions): AwsEndpoint {
  const env = context.env()
  const text = url ?? env['CHANCERY_URL'] ?? env['AWS_ENDPOINT_URL']
  const parsed = text === undefined ? null : URL.parse(text)
  if (parsed === null || !/^https?:$/.test(parsed.protocol))
    throw new Problem(
      'invalid_input',
      'name the server with --url or CHANCERY_URL, such as https://id.example.com',
    )
  return {
    url: parsed.origin,
    region: region ?? env['AWS_REGION'] ?? env['AWS_DEFAULT_REGION'] ?? 'us-east-1',
    now: context.now,
    send: sendRequest,
  }
}

export function obtainSettings(context: CommandContext, options: RoleOptions): ObtainSettings {
  const env = context.env()
  const roleArn = options.role ?? (options.instanceProfile === undefined ? env['AWS_ROLE_ARN'] : undefined)
  if (
    roleArn !== undefined &&
    options.instanceProfile === undefined &&
    !/^arn:[^:]+:iam::\d{12}:role\/./.test(roleArn)
  )
    throw new Problem(
      'invalid_input',
      `\`${roleArn}\` is not the ARN of a role, such as arn:aws:iam::123456789012:role/deploy`,
    )
  return {
    source: options.source,
    roleArn,
    instanceProfile: options.instanceProfile,
    sessionName: options.sessionName ?? env['AWS_ROLE_SESSION_NAME'] ?? hostSession(),
    duration: options.duration,
    tokenFile: options.tokenFile ?? env['AWS_WEB_IDENTITY_TOKEN_FILE'],
    tokenVariable: options.tokenVariable,
    audience: options.audience,
    clientId: options.clientId,
  }
}

/** The host name as a session name (AWS STS API: RoleSessionName has 2 to 64 characters of `\w+=,.@-`). */
const hostSession = (): string =>
  hostname()
    .replace(/[^\w+=,.@-]/g, '-')
    .padEnd(2, '-')
    .slice(0, 64)

export const obtainDependencies = (
  context: CommandContext,
  options: ServerOptions,
  endpoint: AwsEndpoint,
): ObtainDependencies => ({
  env: context.env(),
  endpoint,
  show: context.err,
  readAccessKey: async () => (await findCredentials(context.env(), options.profile)).credentials,
})
