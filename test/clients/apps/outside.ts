// Apps of docs/apps.md in other languages, run as written, each signing a person in. `npm run test:clients`; not part of
// `npm test`, because they need Python packages, Go and Maven, which .ci/clients installs. CHANCERY_TEST_CLIENTS names the
// directory that it installs into.
import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { homedir, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { after, before, type TestContext, test } from 'node:test'
import { promisify } from 'node:util'
import { lacking } from '../../support/outside-tool.ts'
import { blockOf } from './page.ts'
import { assertRequest, openStage, type Stage, signInAt, throughPages } from './stage.ts'

const installed = process.env['CHANCERY_TEST_CLIENTS'] ?? join(homedir(), '.cache/chancery-test-clients')
const python = join(installed, 'python/bin/python')
const oauth2Proxy = join(installed, 'bin/oauth2-proxy')
const classPathFile = join(installed, 'java/classpath')
const run = promisify(execFile)

let stage: Stage
before(
  async () => {
    stage = await openStage()
  },
  { timeout: 60_000 },
)
after(() => stage?.close())

const portOf = (title: string): string => new URL(stage.originOf(title)).port
const placed = (title: string, language: string): string => stage.placed(title, blockOf(title, language))
const noPython = lacking(python, '--version')

/** The member of the JSON that the app shows. */
const shown = (text: string, name: string): unknown =>
  (JSON.parse(text) as Readonly<Record<string, unknown>>)[name]

test('Flask with Authlib signs a person in with the lines of the page', {
  skip: noPython,
  timeout: 60_000,
}, async () => {
  const app = await stage.run(
    'Flask',
    { 'app.py': placed('Flask', 'python') },
    {
      name: python,
      args: ['-m', 'flask', '--app', 'app', 'run', '--host', 'localhost', '--port', portOf('Flask')],
      env: { AUTHLIB_INSECURE_TRANSPORT: '1' },
    },
  )
  const { text } = await signInAt(stage.person, 'Flask', app, '/login')
  assert.equal(shown(text, 'preferred_username'), 'admin', text)
})

const djangoSettings = `
SECRET_KEY = "x" * 50
ALLOWED_HOSTS = ["localhost"]
ROOT_URLCONF = "site_urls"
LOGIN_REDIRECT_URL = "/"
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "db.sqlite3"}}
INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions", "social_django"]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
`
const djangoUrls = `
from django.http import JsonResponse
from django.urls import include, path

urlpatterns = [
    path("", lambda request: JsonResponse({"name": request.user.username, "email": request.user.email})),
    path("", include("social_django.urls", namespace="social")),
]
`
const djangoMain = (port: string) => `
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "site_settings"
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("runserver", "localhost:${port}", use_reloader=False)
`
test('Django with social-auth signs a person in with the lines of the page', {
  skip: noPython,
  timeout: 60_000,
}, async () => {
  const app = await stage.run(
    'Django',
    {
      'site_settings.py': `${djangoSettings}${placed('Django', 'python')}`,
      'site_urls.py': djangoUrls,
      'main.py': djangoMain(portOf('Django')),
    },
    { name: python, args: ['main.py'] },
  )
  // Its button posts a form.
  const { text } = await signInAt(stage.person, 'Django', app, await app.post('/login/oidc/', {}))
  assert.deepEqual(JSON.parse(text), { name: 'admin', email: 'admin@example.com' })
})

test('a script with requests-oauthlib signs a person in with the lines of the page', {
  skip: noPython,
  timeout: 60_000,
}, async (t) => {
  const child = spawn(python, ['-c', placed('Python scripts', 'python')], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { PATH: process.env['PATH'], OAUTHLIB_INSECURE_TRANSPORT: '1' },
  })
  t.after(() => child.kill('SIGKILL'))
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const request = String((await lines.next()).value)
  assertRequest('Python scripts', request)
  const end = await throughPages(stage.person, request)
  child.stdin.end(`${end.location}\n`)
  assert.equal((await lines.next()).value, 'admin')
})

test('Go with go-oidc signs a person in with the lines of the page', {
  skip: lacking('go', 'version'),
  timeout: 120_000,
}, async (t) => {
  const dir = temporaryDirectory(t)
  cpSync(resolve(import.meta.dirname, 'outside'), dir, { recursive: true })
  writeFileSync(join(dir, 'main.go'), placed('Go', 'go'))
  await run('go', ['build', '-o', 'app', '.'], { cwd: dir })
  const app = await stage.run('Go', {}, { name: join(dir, 'app'), args: [] })
  const { text } = await signInAt(stage.person, 'Go', app, '/login')
  assert.equal(shown(text, 'preferred_username'), 'admin', text)
  assert.deepEqual(shown(text, 'groups'), [])
})

test('oauth2-proxy signs a person in with the lines of the page, and names them to the app behind it', {
  skip: lacking(oauth2Proxy, '--version'),
  timeout: 60_000,
}, async (t) => {
  const behind = createServer((request, response) => response.end(JSON.stringify(request.headers)))
  await new Promise<void>((done) => behind.listen(0, '127.0.0.1', done))
  t.after(() => behind.close())
  const settings = placed('oauth2-proxy', 'toml')
    .replace('127.0.0.1:8080', `127.0.0.1:${(behind.address() as AddressInfo).port}`)
    .replace('127.0.0.1:4180', `127.0.0.1:${portOf('oauth2-proxy')}`)
  const app = await stage.run(
    'oauth2-proxy',
    { 'oauth2-proxy.cfg': settings },
    // The page has the app on https; here it is plain http.
    { name: oauth2Proxy, args: ['--config', 'oauth2-proxy.cfg', '--cookie-secure=false'] },
  )
  const { text } = await signInAt(stage.person, 'oauth2-proxy', app, '/oauth2/start?rd=/')
  assert.equal(shown(text, 'x-forwarded-preferred-username'), 'admin', text)
  assert.equal(shown(text, 'x-forwarded-email'), 'admin@example.com', text)
})

const springMain = `
package wiki;

import java.security.Principal;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@SpringBootApplication
@RestController
public class Main {
  public static void main(String[] args) {
    SpringApplication.run(Main.class, args);
  }

  @GetMapping("/")
  String index(Principal person) {
    return person.getName();
  }
}
`
const noSpring = lacking('javac', '-version') || lacking('test', '-f', classPathFile)
test('Spring Boot signs a person in with the lines of the page', {
  skip: noSpring,
  timeout: 120_000,
}, async (t) => {
  const dir = temporaryDirectory(t)
  writeFileSync(join(dir, 'Main.java'), springMain)
  const classPath = readFileSync(classPathFile, 'utf8').trim()
  await run('javac', ['-parameters', '-cp', classPath, '-d', dir, 'Main.java'], { cwd: dir })
  const app = await stage.run(
    'Spring Boot',
    { 'application.yaml': placed('Spring Boot', 'yaml') },
    {
      name: 'java',
      args: ['-cp', `${dir}:${classPath}`, 'wiki.Main', `--server.port=${portOf('Spring Boot')}`],
    },
  )
  const { text } = await signInAt(stage.person, 'Spring Boot', app, '/oauth2/authorization/chancery')
  assert.equal(text, 'admin')
})

function temporaryDirectory(t: TestContext): string {
  const dir = mkdtempSync(join(tmpdir(), 'chancery-app-'))
  t.after(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}
