// Readiness for systemd (sd_notify(3)). Node has no datagram sockets of the Unix family, so the tool of systemd sends it; the
// unit needs `NotifyAccess=all`, because the message is from a child process.
import { execFile } from 'node:child_process'
import type { Environment } from './source/token.ts'

/** Reports that the service is ready when NOTIFY_SOCKET is set. @returns why it could not be reported, or undefined */
export function notifyReady(env: Environment): Promise<string | undefined> {
  if (!env['NOTIFY_SOCKET']) return Promise.resolve(undefined)
  return new Promise((done) => {
    execFile('systemd-notify', ['--ready'], { env: { ...env }, timeout: 10_000 }, (error) =>
      done(error === null ? undefined : `systemd-notify failed: ${error.message}`),
    )
  })
}
