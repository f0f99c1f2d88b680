// Credentials from where AWS tools have them: environment, profile of the shared files with `credential_process`, and last
// the file that a first start leaves on its machine.
import { exec } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Problem } from '../../problem.ts'
import type { Credentials } from '../../secure/sigv4/sign.ts'

type Environment = Readonly<Record<string, string | undefined>>
type Section = ReadonlyMap<string, string>

export interface FoundCredentials {
  readonly credentials: Credentials
  /** Where they are from, for messages. */
  readonly from: string
}

/**
 * The first of: the profile that was named, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, AWS_PROFILE, the profile `default`,
 * `root-credentials` in CHANCERY_DATA (./data).
 * @throws Problem('missing_credentials') that says where they may be, Problem('invalid_input') for a profile that has none
 */
export async function findCredentials(
  env: Environment,
  profile: string | undefined,
): Promise<FoundCredentials> {
  if (profile !== undefined) return ofProfile(env, profile)
  const id = env['AWS_ACCESS_KEY_ID']
  const secret = env['AWS_SECRET_ACCESS_KEY']
  if (id && secret)
    return {
      credentials: {
        accessKeyId: id,
        secretAccessKey: secret,
        sessionToken: env['AWS_SESSION_TOKEN'] || undefined,
      },
      from: 'AWS_ACCESS_KEY_ID',
    }
  if (env['AWS_PROFILE']) return ofProfile(env, env['AWS_PROFILE'])
  const usual = await inProfile(env, 'default')
  if (usual !== undefined) return usual
  const file = join(env['CHANCERY_DATA'] || 'data', 'root-credentials')
  const first = keysOf(sectionOf(file, 'default'))
  if (first !== undefined) return { credentials: first, from: `\`${file}\`` }
  throw new Problem(
    'missing_credentials',
    'no credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, name a profile with --profile or AWS_PROFILE, or run it in the directory of the server’s first start',
  )
}

async function ofProfile(env: Environment, name: string): Promise<FoundCredentials> {
  const found = await inProfile(env, name)
  if (found !== undefined) return found
  throw new Problem(
    'invalid_input',
    `profile \`${name}\` has no access key and no credential_process in the AWS configuration files`,
  )
}

async function inProfile(env: Environment, name: string): Promise<FoundCredentials | undefined> {
  const home = env['HOME'] ?? homedir()
  const credentialsFile = env['AWS_SHARED_CREDENTIALS_FILE'] || join(home, '.aws', 'credentials')
  const configFile = env['AWS_CONFIG_FILE'] || join(home, '.aws', 'config')
  const sections = [
    sectionOf(credentialsFile, name),
    sectionOf(configFile, name === 'default' ? name : `profile ${name}`),
  ]
  for (const section of sections) {
    const credentials = keysOf(section)
    if (credentials !== undefined) return { credentials, from: `profile \`${name}\`` }
  }
  for (const section of sections) {
    const command = section?.get('credential_process')
    if (command !== undefined)
      return { credentials: await ofProcess(env, command), from: `credential_process of profile \`${name}\`` }
  }
  return undefined
}

function keysOf(section: Section | undefined): Credentials | undefined {
  const accessKeyId = section?.get('aws_access_key_id')
  const secretAccessKey = section?.get('aws_secret_access_key')
  if (!accessKeyId || !secretAccessKey) return undefined
  return { accessKeyId, secretAccessKey, sessionToken: section?.get('aws_session_token') }
}

/** A section of an AWS configuration file; undefined when there is no such file or section. */
function sectionOf(file: string, name: string): Section | undefined {
  const text = textOf(file)
  if (text === undefined) return undefined
  let found: Map<string, string> | undefined
  let current: string | undefined
  for (const line of text.split(/\r?\n/)) {
    const header = /^\s*\[([^\]]+)\]/.exec(line)
    if (header) {
      current = header[1]?.trim().replace(/\s+/g, ' ')
      if (current === name) found ??= new Map()
      continue
    }
    const setting = /^([\w.-]+)\s*=\s*(.*?)\s*$/.exec(line)
    if (current === name && setting) found?.set(setting[1]?.toLowerCase() ?? '', setting[2] ?? '')
  }
  return found
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EACCES') return undefined
    throw new Problem('invalid_input', `cannot read \`${file}\` (${code})`)
  }
}

/** How many commands of profiles are running within one another: `chancery credentials` may be such a command itself. */
const depthVariable = 'CHANCERY_CREDENTIAL_PROCESS_DEPTH'
const deepest = 3

/** Runs the command as AWS tools do (AWS SDKs guide, "Process credential provider"). @throws Problem('unavailable') */
async function ofProcess(env: Environment, command: string): Promise<Credentials> {
  const failed = (why: string) => new Problem('unavailable', `credential_process \`${command}\` ${why}`)
  const depth = Number(env[depthVariable] ?? 0)
  if (depth >= deepest) throw failed('runs itself: its profile needs an access key, or another profile')
  const options = { timeout: 60_000, maxBuffer: 65_536, env: { ...env, [depthVariable]: String(depth + 1) } }
  const { stdout } = await promisify(exec)(command, options).catch(
    (error: { readonly stderr?: string; readonly message: string }) => {
      throw failed(`failed: ${error.stderr?.trim() || error.message}`)
    },
  )
  let parsed: Readonly<Record<string, unknown>>
  try {
    parsed = JSON.parse(stdout) as Readonly<Record<string, unknown>>
  } catch {
    throw failed('did not print JSON')
  }
  const { AccessKeyId: id, SecretAccessKey: secret, SessionToken: token } = parsed
  if (typeof id !== 'string' || typeof secret !== 'string')
    throw failed('printed no AccessKeyId and SecretAccessKey')
  return {
    accessKeyId: id,
    secretAccessKey: secret,
    sessionToken: typeof token === 'string' ? token : undefined,
  }
}
