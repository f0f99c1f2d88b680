// Credentials of a role as the lines that shells, AWS configuration files and programs read.
import type { Credentials } from '../sts/session/session.ts'

export interface CredentialFormats {
  /** For sh, bash and zsh. */
  readonly shell: string
  readonly powerShell: string
  /** A section of `~/.aws/credentials`. */
  readonly profile: string
  /** A section of `~/.aws/config` that gets new credentials when they are needed. */
  readonly process: string
  /** As a credential_process prints them. */
  readonly json: string
}

/** What the `aws` command line needs to reach this server, when nothing else names a region. */
const region = 'us-east-1'

export function credentialFormats(
  credentials: Credentials,
  { issuer, roleArn }: { readonly issuer: string; readonly roleArn: string },
): CredentialFormats {
  const url = new URL(issuer).origin
  const secret = credentials.secretAccessKey.reveal()
  const name = roleArn.slice(roleArn.lastIndexOf('/') + 1)
  const variables = [
    ['AWS_ACCESS_KEY_ID', credentials.accessKeyId],
    ['AWS_SECRET_ACCESS_KEY', secret],
    ['AWS_SESSION_TOKEN', credentials.sessionToken],
    ['AWS_ENDPOINT_URL', url],
    ['AWS_DEFAULT_REGION', region],
  ] as const
  const place = [`region = ${region}`, `endpoint_url = ${url}`]
  return {
    shell: variables.map(([variable, value]) => `export ${variable}='${value}'`).join('\n'),
    powerShell: variables.map(([variable, value]) => `$Env:${variable} = '${value}'`).join('\n'),
    profile: [
      `[${name}]`,
      `aws_access_key_id = ${credentials.accessKeyId}`,
      `aws_secret_access_key = ${secret}`,
      `aws_session_token = ${credentials.sessionToken}`,
      ...place,
    ].join('\n'),
    process: [
      `[profile ${name}]`,
      `credential_process = npx chancery credentials --url ${url} --profile default --role ${roleArn}`,
      ...place,
    ].join('\n'),
    json: JSON.stringify(
      {
        Version: 1,
        AccessKeyId: credentials.accessKeyId,
        SecretAccessKey: secret,
        SessionToken: credentials.sessionToken,
        Expiration: new Date(credentials.expiration * 1000).toISOString(),
      },
      null,
      2,
    ),
  }
}
