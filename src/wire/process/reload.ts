// Reloads of the configuration: what asks for one, and its result in the log.
import { type ControlAnswer, openControlSocket } from '../../web/control-socket.ts'
import { openLog } from './log.ts'

/** The result of a reload that changed nothing. */
export const notReloaded = (why: string): ControlAnswer => ({
  done: false,
  message: `the configuration was not reloaded, the former one stays in use: ${why}`,
})

/**
 * Whether SIGHUP reloads. In a terminal it means that the terminal was closed, and ends the server as it ends any other
 * program.
 */
export const reloadsOnHangUp = (): boolean => process.stdout.isTTY !== true

/** Reloads on SIGHUP and on `chancery reload`, one after the other; each result is in the log. */
export async function acceptReloads(
  { dataDir }: { readonly dataDir: string },
  run: () => Promise<ControlAnswer>,
): Promise<void> {
  const log = openLog('info')
  let last: Promise<unknown> = Promise.resolve()
  const reloadNext = (): Promise<ControlAnswer> => {
    const next = last.then(run)
    last = next.catch(() => undefined)
    next.then(
      ({ done, message }) => (done ? log.info({}, message) : log.error({}, message)),
      (err) => log.error({ err }, 'a reload failed'),
    )
    return next
  }
  if (reloadsOnHangUp()) process.on('SIGHUP', () => void reloadNext().catch(() => undefined))
  try {
    await openControlSocket(dataDir, { '/reload': reloadNext })
  } catch (error) {
    console.warn(
      `warning: \`chancery reload\` cannot reach this server, SIGHUP can: ${(error as Error).message}`,
    )
  }
}
