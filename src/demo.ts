// `npm run demo`: the whole flow once, with explanations, over real HTTP. The server, a CI system and a documents service
// run as child processes. Exits with 0 only if every step succeeded.
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createNarrator } from './demo/narrator.ts'
import { createProcesses } from './demo/processes.ts'
import { runStory } from './demo/story.ts'

const here = import.meta.dirname
const narrator = createNarrator(process.stdout, process.env)
const processes = createProcesses()
const dir = mkdtempSync(join(tmpdir(), 'chancery-demo-'))
const application = { clientId: 'demo-app', redirectUri: 'http://127.0.0.1:8765/callback' }
const root = { accessKeyId: 'AKIADEMOROOT', secretAccessKey: randomBytes(30).toString('base64') }

const settings = `clients:
  - client_id: ${application.clientId}
    client_name: Demonstration
    application_type: native
    token_endpoint_auth_method: none
    redirect_uris: ['${application.redirectUri}']
`

async function run(): Promise<void> {
  narrator.step('A server, and a CI system with an issuer of its own, start in processes of their own')
  writeFileSync(join(dir, 'chancery.yaml'), settings)
  const server = {
    CHANCERY_PORT: '0',
    CHANCERY_CONFIG: 'chancery.yaml',
    CHANCERY_ROOT_ACCESS_KEY_ID: root.accessKeyId,
    CHANCERY_ROOT_SECRET_ACCESS_KEY: root.secretAccessKey,
    // The CI system is on loopback, where outbound requests are not allowed by default.
    CHANCERY_OUTBOUND_ALLOW: '127.0.0.1',
  }
  const [chancery, ci] = await Promise.all([
    processes.start(join(here, 'main.ts'), server, dir),
    processes.start(join(here, 'demo/ci.ts'), {}, dir),
  ])
  narrator.show(`chancery at ${chancery.url}\nci at ${ci.url}`)
  await runStory(narrator, {
    chancery: chancery.url,
    ci: ci.url,
    root,
    application,
    async startDocuments({ accessKeyId, secretAccessKey }) {
      const env = { ISSUER: chancery.url, ACCESS_KEY_ID: accessKeyId, SECRET_ACCESS_KEY: secretAccessKey }
      return (await processes.start(join(here, 'demo/documents-service.ts'), env, dir)).url
    },
  })
}

async function end(code: number): Promise<never> {
  await processes.stop()
  rmSync(dir, { recursive: true, force: true })
  process.exit(code)
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void end(1))
try {
  await run()
  narrator.say('\n   Every step did what it said.')
  await end(0)
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : String(error)}`)
  await end(1)
}
