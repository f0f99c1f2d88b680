// Tokens that a platform gives to its workloads: a file (Kubernetes and others), GitHub Actions, GitLab CI. Each is read
// again for every exchange, because platforms replace them.
import { readFile } from 'node:fs/promises'
import { Problem } from '../../problem.ts'
import { jsonObject, type SendRequest } from '../http.ts'

export type ReadToken = () => Promise<string>

export type Environment = Readonly<Record<string, string | undefined>>

/** Characters; the server accepts no longer web identity token (AWS STS API: AssumeRoleWithWebIdentity). */
const longest = 20_000

/**
 * A token file. Kubernetes replaces it by renaming a directory; another writer may truncate it first. A file that holds no
 * complete token is therefore read again, up to three times within half a second.
 */
export function tokenFile(
  path: string,
  pause = (ms: number) => new Promise((done) => setTimeout(done, ms)),
): ReadToken {
  return async () => {
    for (let attempt = 1; ; attempt++) {
      try {
        return checkToken((await readFile(path, 'utf8')).trim(), `the token file \`${path}\``)
      } catch (cause) {
        if (attempt === 4)
          throw cause instanceof Problem
            ? cause
            : new Problem('unavailable', `cannot read the token file \`${path}\` (${codeOf(cause)})`, {
                cause,
              })
        await pause(attempt * 80)
      }
    }
  }
}

const codeOf = (cause: unknown): string =>
  cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause)

/**
 * The ID token of a GitHub Actions job (GitHub docs, "OpenID Connect reference": the job needs `id-token: write`).
 * @throws Problem('missing_credentials') outside a job that has the permission
 */
export function githubToken(env: Environment, audience: string, send: SendRequest): ReadToken {
  return async () => {
    const [url, secret] = [env['ACTIONS_ID_TOKEN_REQUEST_URL'], env['ACTIONS_ID_TOKEN_REQUEST_TOKEN']]
    const parsed = url === undefined ? null : URL.parse(url)
    if (parsed === null || !secret)
      throw new Problem(
        'missing_credentials',
        'ACTIONS_ID_TOKEN_REQUEST_URL and ACTIONS_ID_TOKEN_REQUEST_TOKEN are not set: give the job `permissions: id-token: write`',
      )
    parsed.searchParams.set('audience', audience)
    const { status, text } = await send({
      method: 'GET',
      url: parsed.href,
      headers: { authorization: `Bearer ${secret}`, accept: 'application/json' },
      purpose: 'ID token of the GitHub Actions job',
    })
    const { value } = jsonObject(text)
    if (status !== 200 || typeof value !== 'string')
      throw new Problem('unavailable', `GitHub Actions answered ${status} when asked for the job's ID token`)
    return checkToken(value, 'the ID token of GitHub Actions')
  }
}

/**
 * A token in an environment variable: GitLab CI sets one for each name under `id_tokens`. It is not replaced during a job.
 * @throws Problem('missing_credentials') when the variable is not set
 */
export function tokenVariable(env: Environment, name: string): ReadToken {
  return async () => {
    const token = env[name]
    if (!token)
      throw new Problem(
        'missing_credentials',
        `${name} is not set: name the variable that the job defines under \`id_tokens\` with --token-variable`,
      )
    return checkToken(token.trim(), name)
  }
}

function checkToken(token: string, where: string): string {
  if (token.length > longest)
    throw new Problem('invalid_input', `${where} is longer than ${longest} characters`)
  if (!/^[\w-]+\.[\w-]+\.[\w-]+$/.test(token))
    throw new Problem('unavailable', `${where} holds no complete JWT`)
  return token
}
