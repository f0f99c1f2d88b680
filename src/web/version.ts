// The version of this server, from package.json, which lies beside src/ and beside dist/. `--version`, `/healthz`, the log
// and the metrics all show this one.
import { readFileSync } from 'node:fs'

/** Reads the `version` of package.json. */
function packageVersion(): string {
  const file = import.meta.url.endsWith('.ts') ? '../../package.json' : '../../../package.json'
  const found = JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8')) as { version: string }
  return found.version
}

export const version = packageVersion()
