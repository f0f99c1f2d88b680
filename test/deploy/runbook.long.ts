// The runbook of docs/deploy.md, its commands run as written. Only the directories are others, `systemctl` starts and stops the
// server as the unit does, and `npm install` chooses between two copies of this version.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { test } from 'node:test'
import { formOf, signed } from '../support/aws-call.ts'
import { freePort } from '../support/free-port.ts'
import { rootKey } from '../support/server.ts'

const root = resolve(import.meta.dirname, '../..')
const page = readFileSync(join(root, 'docs/deploy.md'), 'utf8')
const section = page.slice(page.indexOf('## Upgrade and roll back'))
const [backUp = '', upgrade = '', rollBack = ''] = [...section.matchAll(/^```sh\n([\s\S]*?)^```/gm)].map(
  ([, text]) => text,
)

test('the runbook upgrades a server, and rolls it back to the state of the backup', {
  timeout: 600_000,
}, async (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'chancery-runbook-'))
  const port = await freePort()
  const shims = shimsIn(dir)
  const run = (text: string) => {
    const here = text.replaceAll(/\/(?=(opt|var)\/)/g, `${dir}/`)
    const { status, stdout, stderr } = spawnSync('bash', ['-euo', 'pipefail', '-c', here], {
      encoding: 'utf8',
      env: { PATH: `${shims}:${process.env['PATH']}`, HOME: dir, ...settings(dir, port) },
      timeout: 240_000,
    })
    assert.equal(status, 0, `${here}\n${stdout}\n${stderr}`)
  }
  t.after(() => {
    spawnSync(join(shims, 'systemctl'), ['stop', 'chancery'], { env: { PATH: process.env['PATH'] } })
    rmSync(dir, { recursive: true })
  })
  const url = `http://localhost:${port}`
  run('npm install chancery@OLD && systemctl start chancery')
  await createUser(url, 'before')
  run(backUp)
  run(`export ${exported(backUp)}\ncd /opt/chancery\n${upgrade}`)
  await createUser(url, 'after')
  assert.deepEqual(await users(url), ['admin', 'after', 'before'])
  run(`export ${exported(backUp)}\ncd /opt/chancery\n${rollBack}`)
  assert.deepEqual(await users(url), ['admin', 'before'])
})

/** One shell runs all blocks in the runbook; here each is one of its own. */
const exported = (text: string): string => /^export (.*)$/m.exec(text)?.[1] ?? ''

const settings = (dir: string, port: number) => ({
  CHANCERY_DATA: join(dir, 'var/lib/chancery/data'),
  CHANCERY_KEYS: join(dir, 'var/lib/chancery/keys'),
  CHANCERY_PORT: String(port),
  CHANCERY_ROOT_ACCESS_KEY_ID: rootKey.id,
  CHANCERY_ROOT_SECRET_ACCESS_KEY: rootKey.secret,
})

function shimsIn(dir: string): string {
  const shims = join(dir, 'shims')
  for (const made of [
    shims,
    join(dir, 'opt/chancery'),
    join(dir, 'var/lib/chancery'),
    join(dir, 'var/backups'),
  ])
    mkdirSync(made, { recursive: true, mode: 0o700 })
  for (const version of ['OLD', 'NEW']) symlinkSync(root, join(dir, `chancery@${version}`))
  const write = (name: string, text: string) => {
    writeFileSync(join(shims, name), `#!/bin/bash\nset -eu\n${text}\n`)
    chmodSync(join(shims, name), 0o755)
  }
  const node = process.execPath
  write('npm', `[ "$1" = install ]; ln -sfn "${dir}/$2" "${dir}/installed"`)
  write('npx', `[ "$1" = chancery ]; shift; exec "${node}" "${dir}/installed/src/bin.js" "$@"`)
  write(
    'systemctl',
    `pid=${dir}/pid; log=${dir}/log
start() {
  : > "$log"
  "${node}" "${dir}/installed/src/bin.js" start >> "$log" 2>&1 & echo $! > "$pid"
  for i in $(seq 1500); do grep -q 'chancery is ready' "$log" && return; sleep 0.1; done
  cat "$log" >&2; exit 1
}
stop() {
  [ -f "$pid" ] || return 0
  kill "$(cat "$pid")" 2>/dev/null || true
  for i in $(seq 200); do kill -0 "$(cat "$pid")" 2>/dev/null || break; sleep 0.1; done
  rm -f "$pid"
}
case $1 in start) start ;; stop) stop ;; restart) stop; start ;; esac`,
  )
  return shims
}

async function callIam(url: string, action: string, params = {}): Promise<string> {
  const body = formOf('iam', action, params)
  const credentials = { accessKeyId: rootKey.id, secretAccessKey: rootKey.secret }
  const headers = signed({ url: `${url}/`, service: 'iam', credentials, body })
  const response = await fetch(`${url}/`, {
    method: 'POST',
    headers: { ...headers, connection: 'close' },
    body,
  })
  const text = await response.text()
  assert.equal(response.status, 200, text)
  return text
}

const createUser = (url: string, name: string) => callIam(url, 'CreateUser', { UserName: name })

const users = async (url: string): Promise<readonly string[]> =>
  [...(await callIam(url, 'ListUsers')).matchAll(/<UserName>([^<]+)/g)]
    .map(([, name = '']) => name)
    .toSorted()
