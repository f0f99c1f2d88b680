// A TCP line that can be cut (nothing passes, connections hang, as behind a firewall that drops) and slowed down.
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export interface Line {
  readonly port: number
  cut(): void
  delay(ms: number): void
  mend(): void
  close(): Promise<void>
}

export async function openLine(to: number): Promise<Line> {
  const sockets = new Set<Socket>()
  let cut = false
  let delay = 0
  const track = (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy()).once('close', () => sockets.delete(socket))
  }
  const pass = (from: Socket, into: Socket) => {
    from.on('data', (chunk: Buffer) => {
      // What was under way when the line was cut is lost, and so the connection with it.
      const send = () => void (cut ? undefined : into.write(chunk))
      if (delay === 0) send()
      else setTimeout(send, delay)
    })
    from.once('close', () => into.destroy())
  }
  const server = createServer((near) => {
    const far = connect(to, '127.0.0.1')
    track(near)
    track(far)
    pass(near, far)
    pass(far, near)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    port: (server.address() as AddressInfo).port,
    cut() {
      cut = true
    },
    delay(ms) {
      delay = ms
    },
    mend() {
      // Bytes are missing from what was cut: such a connection can only end.
      if (cut) for (const socket of sockets) socket.destroy()
      cut = false
      delay = 0
    },
    close: () =>
      new Promise((done) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => done())
      }),
  }
}
