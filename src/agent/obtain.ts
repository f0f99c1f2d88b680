// Chooses the source of a workload's credentials and makes the function that obtains them.
import { Problem } from '../problem.ts'
import { sha256hex } from '../verify/client.ts'
import type { AwsEndpoint } from './aws-call.ts'
import type { ObtainCredentials } from './session-credentials.ts'
import { type ReadAccessKey, roleOfInstanceProfile } from './source/access-key.ts'
import { deviceSignIn } from './source/device.ts'
import { type Environment, githubToken, type ReadToken, tokenFile, tokenVariable } from './source/token.ts'
import { assumeRole } from './sts-client.ts'

export const sourceNames = ['token-file', 'github', 'gitlab', 'access-key', 'device'] as const
export type SourceName = (typeof sourceNames)[number]

export interface ObtainSettings {
  /** Undefined: chosen from the environment. */
  readonly source: SourceName | undefined
  readonly roleArn: string | undefined
  /** The role is that of this instance profile; only for an access key. */
  readonly instanceProfile: string | undefined
  readonly sessionName: string
  /** Seconds. */
  readonly duration: number | undefined
  readonly tokenFile: string | undefined
  /** Environment variable with the token, for GitLab. */
  readonly tokenVariable: string
  /** Of the token that GitHub Actions issues. */
  readonly audience: string
  /** Of the sign-in by device code. */
  readonly clientId: string | undefined
}

export interface ObtainDependencies {
  readonly env: Environment
  readonly endpoint: AwsEndpoint
  readonly readAccessKey: ReadAccessKey
  /** Shows a person where to sign in. */
  readonly show: (text: string) => void
}

/**
 * Makes the function that obtains credentials.
 * @throws Problem('invalid_input') for settings that do not fit together
 */
export function obtainCredentials(settings: ObtainSettings, deps: ObtainDependencies): ObtainCredentials {
  const source = settings.source ?? chooseSource(settings, deps.env)
  const { instanceProfile, roleArn } = settings
  if ((roleArn === undefined) === (instanceProfile === undefined))
    throw new Problem('invalid_input', 'name either the role with --role or an --instance-profile')
  if (instanceProfile !== undefined && source !== 'access-key')
    throw new Problem(
      'invalid_input',
      '--instance-profile needs the source `access-key`: GetInstanceProfile is signed',
    )
  if (source === 'access-key') {
    return async () => {
      const credentials = await deps.readAccessKey()
      const arn = roleArn ?? (await roleOfInstanceProfile(deps.endpoint, credentials, instanceProfile ?? ''))
      return assumeRole(deps.endpoint, { kind: 'access-key', credentials }, { ...settings, roleArn: arn })
    }
  }
  const readToken = tokenSource(source, settings, deps)
  return async () =>
    assumeRole(
      deps.endpoint,
      { kind: 'token', token: await readToken() },
      { ...settings, roleArn: roleArn ?? '' },
    )
}

/** What identifies these credentials in a cache: server, role, session and source, without any secret. */
export const cacheKey = (settings: ObtainSettings, url: string): string =>
  sha256hex(JSON.stringify([url, Object.entries(settings).sort(([a], [b]) => (a < b ? -1 : 1))]))

function chooseSource({ tokenFile: file }: ObtainSettings, env: Environment): SourceName {
  if (file !== undefined) return 'token-file'
  if (env['ACTIONS_ID_TOKEN_REQUEST_URL']) return 'github'
  if (env['GITLAB_CI']) return 'gitlab'
  return 'access-key'
}

function tokenSource(
  source: Exclude<SourceName, 'access-key'>,
  settings: ObtainSettings,
  { env, endpoint, show }: ObtainDependencies,
): ReadToken {
  switch (source) {
    case 'token-file':
      if (settings.tokenFile === undefined)
        throw new Problem(
          'invalid_input',
          'name the token file with --token-file or AWS_WEB_IDENTITY_TOKEN_FILE',
        )
      return tokenFile(settings.tokenFile)
    case 'github':
      return githubToken(env, settings.audience, endpoint.send)
    case 'gitlab':
      return tokenVariable(env, settings.tokenVariable)
    case 'device':
      if (settings.clientId === undefined)
        throw new Problem('invalid_input', 'name the client for the sign-in with --client-id')
      return deviceSignIn({ url: endpoint.url, clientId: settings.clientId, send: endpoint.send, show })
  }
}
