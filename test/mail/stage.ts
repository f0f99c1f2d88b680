// A running server with mail, an SMTP server that receives it, and people in it.

import { callAdmin } from '../admin/call.ts'
import { type Running, startServer } from '../support/server.ts'
import { smtpServer, type TestSmtpServer } from '../support/smtp-server.ts'
import { storeBeside } from '../support/store.ts'
import { until } from '../support/waiting.ts'

export interface MailStage {
  readonly server: Running
  readonly smtp: TestSmtpServer
  post(path: string, body: object): ReturnType<typeof callAdmin>
  patch(path: string, body: object): ReturnType<typeof callAdmin>
  stop(): Promise<void>
}

export const password = 'violet kettle 42 Orbit!'

export async function mailStage(): Promise<MailStage> {
  const smtp = await smtpServer()
  const server = await startServer({
    config: `mail: {host: 127.0.0.1, port: ${smtp.port}, security: none, from: 'Acme <id@acme.example>', organization: Acme}\n`,
  })
  const call = (method: string) => (path: string, body: object) =>
    callAdmin(server.url, { method, path, body })
  return {
    server,
    smtp,
    post: call('POST'),
    patch: call('PATCH'),
    async stop() {
      await server.stop()
      await smtp.close()
    },
  }
}

/** Messages and requests in the outbox of the server. */
export async function waitingIn(server: Running): Promise<number> {
  const store = await storeBeside(server)
  return (await store.find('mail', { by: 'next', value: 'all' }, { limit: 100 })).records.length
}

/** Resolves when every request was processed and every message was sent. */
export async function settled(server: Running): Promise<void> {
  await until('every message was sent', async () => (await waitingIn(server)) === 0)
}
