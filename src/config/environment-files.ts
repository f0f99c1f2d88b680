// `<variable>_FILE` in place of a secret environment variable: the name of a file that has its value, as container platforms
// mount secrets.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'

/** Variables whose values are secret. */
export const secretVariables = [
  'CHANCERY_STORE',
  'CHANCERY_ROOT_SECRET_ACCESS_KEY',
  'CHANCERY_ADMIN_PASSWORD',
  'CHANCERY_METRICS_TOKEN',
] as const

/** The variables with the contents of the files that they name. */
export function readEnvironmentFiles(
  env: Readonly<Record<string, string | undefined>>,
  cwd: string,
): { readonly env: Record<string, string | undefined>; readonly faults: readonly string[] } {
  const read = { ...env }
  const faults: string[] = []
  for (const name of secretVariables) {
    const file = env[`${name}_FILE`]
    delete read[`${name}_FILE`]
    if (file === undefined || file === '') continue
    if (env[name]) faults.push(`${name}_FILE: use either ${name} or ${name}_FILE`)
    try {
      read[name] = readFileSync(resolve(cwd, file), 'utf8').replace(/\r?\n$/, '')
    } catch (error) {
      faults.push(`${name}_FILE: cannot read \`${resolve(cwd, file)}\`: ${(error as Error).message}`)
    }
  }
  return { env: read, faults }
}
