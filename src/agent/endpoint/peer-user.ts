// The user at the other end of a loopback connection, from the kernel's connection table (Linux: proc(5), /proc/net/tcp).
import { readFileSync } from 'node:fs'
import type { Socket } from 'node:net'
import { Problem } from '../../problem.ts'

/** The user id of the process that connected over IPv4 loopback; undefined when the kernel's table does not have it. */
export function peerUser({ remoteAddress, remotePort, localAddress, localPort }: Socket): number | undefined {
  const peer = tableAddress(remoteAddress, remotePort)
  const own = tableAddress(localAddress, localPort)
  if (peer === undefined || own === undefined) return undefined
  return userIn('/proc/net/tcp', peer, own) ?? userIn('/proc/net/tcp6', `${mapped}${peer}`, `${mapped}${own}`)
}

/** `::ffff:` as the table writes it. */
const mapped = '0000000000000000FFFF0000'

/** An IPv4 address and port as the table writes them: the bytes of the address in reverse, all in hexadecimal. */
function tableAddress(address: string | undefined, port: number | undefined): string | undefined {
  const parts = /^(?:::ffff:)?(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(address ?? '')?.slice(1)
  if (parts === undefined || port === undefined) return undefined
  const hex = (value: number, digits: number) => value.toString(16).toUpperCase().padStart(digits, '0')
  return `${parts
    .toReversed()
    .map((part) => hex(Number(part), 2))
    .join('')}:${hex(port, 4)}`
}

/** Columns: slot, local address, remote address, state (01: established), queues, timer, retransmits, user id. */
function userIn(file: string, local: string, remote: string): number | undefined {
  for (const line of tableOf(file)) {
    const columns = line.trim().split(/\s+/)
    if (columns[1] === local && columns[2] === remote && columns[3] === '01') return Number(columns[7])
  }
  return undefined
}

function tableOf(file: string): readonly string[] {
  try {
    return readFileSync(file, 'utf8').split('\n')
  } catch {
    return []
  }
}

/** The id of a user by id or name. @throws Problem('invalid_input') for an unknown name */
export function userId(text: string): number {
  if (/^\d{1,10}$/.test(text)) return Number(text)
  const line = tableOf('/etc/passwd').find((entry) => entry.startsWith(`${text}:`))
  const id = line?.split(':')[2]
  if (id === undefined) throw new Problem('invalid_input', `there is no user \`${text}\` on this machine`)
  return Number(id)
}
