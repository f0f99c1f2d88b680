// agent/ runs beside a workload and keeps its credentials current. A source (source/) supplies the token or the access key,
// sts-client.ts exchanges it for the credentials of a role, refresher.ts does so again before they expire, and endpoint/
// serves them to AWS SDKs on loopback. rotation/ replaces long-term access keys. The agent has no store and no server code:
// it reaches Chancery over HTTP, as any client does.

/** Credentials of a role session. */
export interface SessionCredentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken: string
  /** Epoch seconds. */
  readonly expiration: number
  /** ARN of the role. */
  readonly roleArn: string
}

/** Obtains new credentials; may be called at any time. */
export type ObtainCredentials = () => Promise<SessionCredentials>

/** `2026-01-31T12:00:00Z`: ISO 8601 in seconds, as AWS writes times of credentials. */
export const isoTime = (epochSeconds: number): string =>
  new Date(epochSeconds * 1000).toISOString().replace(/\.\d+Z$/, 'Z')

/** Output of a `credential_process` (AWS SDKs and Tools Reference Guide, "Process credential provider"). */
export const processOutput = (credentials: SessionCredentials): string =>
  JSON.stringify({
    Version: 1,
    AccessKeyId: credentials.accessKeyId,
    SecretAccessKey: credentials.secretAccessKey,
    SessionToken: credentials.sessionToken,
    Expiration: isoTime(credentials.expiration),
  })
