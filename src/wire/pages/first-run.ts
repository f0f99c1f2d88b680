// What the first start leaves and prints for whoever tries the server: the root key in a file, the sign-in and a first call.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../../config.ts'
import type { FirstRun } from '../../iam/bootstrap.ts'
import { Problem } from '../../problem.ts'
import { signInLink } from '../../sign-in/by-link/link.ts'

/** Writes the root key and prints what a newcomer needs. @throws Problem('unavailable') when the key cannot be written */
export function announceFirstRun(config: Config, issuer: string, made: FirstRun): void {
  writeRootKey(config, made)
  console.log(greeting(made, issuer, credentialsPath(config)))
}

/**
 * The root key as AWS clients read it, readable by its owner alone; on disk before the first start counts as done.
 * @throws Problem('unavailable') that says what to do
 */
function writeRootKey(config: Config, { rootKey }: FirstRun): void {
  const text = `[default]\naws_access_key_id = ${rootKey.id}\naws_secret_access_key = ${rootKey.secret.reveal()}\n`
  const path = credentialsPath(config)
  try {
    mkdirSync(config.dataDir, { recursive: true, mode: 0o700 })
    rmSync(path, { force: true })
    writeFileSync(path, text, { mode: 0o600, flag: 'wx', flush: true })
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    throw new Problem(
      'unavailable',
      `the root access key cannot be written to \`${path}\` (${code}): the user this server runs as must own its directory; CHANCERY_DATA names another`,
      { cause },
    )
  }
}

/** Where the first start writes the root access key. */
const credentialsPath = (config: Config): string => join(config.dataDir, 'root-credentials')

/** What a newcomer needs, once. */
function greeting(first: FirstRun, issuer: string, path: string): string {
  const { accountId, adminName, adminPassword, linkToken, roleArn } = first
  const policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'iam:List*', Resource: '*' }],
  })
  return `
  first start of account ${accountId}
${linkToken ? `\n  open       ${signInLink(issuer, linkToken.reveal(), 'console')}\n             once, within a day: choose the administrator's password, then go on to the console\n` : ''}
  sign in    ${issuer}
  name       ${adminName}
  password   ${adminPassword ? `${adminPassword.reveal()}   (once: you choose your own when you sign in)` : 'as given in CHANCERY_ADMIN_PASSWORD'}

  the root access key is in ${path}; to try it:

    export AWS_SHARED_CREDENTIALS_FILE='${path}' AWS_DEFAULT_REGION=us-east-1
    aws sts assume-role --endpoint-url ${issuer} --role-arn ${roleArn} --role-session-name first \\
      --policy '${policy}'
`
}
