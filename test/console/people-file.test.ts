// A CSV file of people that is chosen in the console, over HTTP and without JavaScript.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { mostFileBytes, mostFileLines } from '../../src/console/people/people-file.ts'
import { callAdmin } from '../admin/call.ts'
import { type MailStage, mailStage } from '../mail/stage.ts'
import { foreignHashes } from '../secure/foreign-hashes.ts'
import { type FormBrowser, headingOf, problemOf, type Seen, textOf } from '../support/form-browser.ts'
import { enrol, recentSignIn } from '../support/person.ts'
import { linkIn } from '../support/smtp-server.ts'
import { entriesOf } from '../support/trail.ts'

const limit = { timeout: 180_000 }
let stage: MailStage
let recent: () => Promise<FormBrowser>
before(async () => {
  stage = await mailStage()
  recent = recentSignIn(stage.server, await enrol(stage.server))
  for (const name of ['staff', 'writers']) assert.equal((await stage.post('/groups', { name })).status, 201)
}, limit)
after(() => stage?.stop())

const path = '/console/people/invite/many'

async function choose(
  content: string | Buffer,
  fields: Readonly<Record<string, string>> = {},
  name = 'people.csv',
): Promise<Seen> {
  const me = await recent()
  return me.upload(await me.open(path), fields, { file: { name, content } }, path)
}

const person = async (name: string) => callAdmin(stage.server.url, { path: `/people/${name}` })
const isThere = async (name: string): Promise<boolean> => (await person(name)).status === 200

/** What the page says about the file. */
const fileProblemOf = (page: Seen): string =>
  (/id="field-file-problem">([\s\S]*?)<\/p>/.exec(page.text)?.[1] ?? '').replace(/<[^>]*>/g, '')

test(
  'everybody in a file is created, in the groups of their line and of the form, and invited',
  limit,
  async () => {
    const { hash } = foreignHashes.find(({ by }) => by === 'bcrypt') ?? assert.fail()
    const file = [
      'Name,E-Mail,Display Name,groups,password_hash',
      'ada,ada@acme.example,Ada Lovelace,writers,',
      '"bob",bob@acme.example,"Bob ""the"" Builder",,',
      `cleo,,,,${hash}`,
    ].join('\r\n')
    const page = await choose(file, { groups: 'staff', mail: 'true' })
    assert.equal(headingOf(page), 'Invited', textOf(page))
    assert.match(textOf(page), /3 created, 0 there already, 0 not created/)
    assert.match(textOf(page), /2 ada Newly created A link is sent by mail/)
    assert.match(textOf(page), /4 cleo Newly created Make a one-time link/)
    assert.ok(!page.text.includes(hash))
    const ada = (await person('ada')).body
    assert.deepEqual([ada.displayName, ada.groups], ['Ada Lovelace', ['staff', 'writers']])
    assert.equal((await person('bob')).body.displayName, 'Bob "the" Builder')
    assert.equal((await person('cleo')).body.password, 'set')
    assert.match(linkIn(await stage.smtp.next('ada@acme.example')), /\/sign-in\/link\?token=/)
    const again = await choose(file, { groups: 'staff' })
    assert.match(textOf(again), /0 created, 3 there already, 0 not created/)
    const entries = JSON.stringify(await entriesOf(stage.server))
    assert.ok(entries.includes('chancery:CreatePerson') && !entries.includes(hash))
  },
)

const faulty = [
  'name,email,groups',
  'dora,dora@acme.example,staff',
  'no body,x@acme.example,',
  'eva,nowhere,nobody',
  '"fritz,f@acme.example,',
  'gina,gina@acme.example,staff',
].join('\n')

test('with one line wrong nobody is created, and each is shown with what is wrong', limit, async () => {
  const page = await choose(faulty, { groups: 'writers' })
  assert.equal(page.status, 422)
  assert.match(problemOf(page) ?? '', /^3 lines of the file are wrong, and nobody was created/)
  const text = textOf(page)
  assert.match(text, /3 no body name must be 1 to 64/)
  assert.match(text, /4 eva email must be an e-mail address/)
  assert.match(text, /5 Has a quote that is not closed\./)
  assert.doesNotMatch(text, /dora|gina/)
  assert.match(page.text, /id="field-groups"[^>]*value="writers"/)
  for (const name of ['dora', 'eva', 'gina']) assert.equal(await isThere(name), false, name)
})

test('a group of everybody that there is not is wrong once, at its field', limit, async () => {
  const file = 'name\nhal\nida\n'
  for (const fields of [{}, { wrong: 'others' }])
    for (const groups of ['nobody', 'staff, nobody']) {
      const page = await choose(file, { ...fields, groups })
      assert.equal(page.status, 422, textOf(page))
      assert.match(problemOf(page) ?? '', /^One field needs attention/)
      assert.match(page.text, /id="field-groups"[^>]*aria-invalid="true"/)
      assert.equal(textOf(page).match(/there is no group nobody in this account/g)?.length, 1)
      assert.match(fileProblemOf(page), /Choose the file again/)
    }
  const me = await recent()
  const send = async (people: string) =>
    me.send(await me.open(path), { people, groups: 'nobody', mail: 'false' }, path)
  const lines = await send('hal\nida')
  assert.deepEqual([lines.status, lines.text.match(/no group/g)?.length], [422, 1])
  assert.match(lines.text, /hal\r?\nida<\/textarea>/)
  assert.match(problemOf(await send('')) ?? '', /^2 fields need attention/)
  assert.equal(await isThere('hal'), false)
})

test('the others are created where that is chosen', limit, async () => {
  const page = await choose(faulty, { wrong: 'others' })
  assert.equal(page.status, 200, textOf(page))
  assert.match(textOf(page), /2 created, 0 there already, 3 not created/)
  assert.match(textOf(page), /2 dora Newly created .*3 no body Not created .*6 gina Newly created/)
  assert.equal(await isThere('eva'), false)
  assert.equal(await isThere('gina'), true)
})

test('who exists with other values is not changed, and is a line that is wrong', limit, async () => {
  const page = await choose('name,display_name\ndora,Somebody else\n')
  assert.match(textOf(page), /2 dora display_name is another for the person who has this name/)
  assert.equal((await person('dora')).body.displayName, undefined)
})

test('lines far apart are compared, and as many as are allowed are created', limit, async () => {
  const rows = Array.from({ length: 450 }, (_, at) => `many${at},many${at}@acme.example`)
  const twice = ['name,email', ...rows, 'many3,other@acme.example', 'last,many7@acme.example'].join('\n')
  const page = await choose(twice)
  assert.equal(page.status, 422)
  assert.match(
    textOf(page),
    /452 many3 email is another on line 5, which has the same name and comes first\./,
  )
  assert.equal(await isThere('many0'), false)
  const full = Array.from({ length: mostFileLines }, (_, at) => `full${at}`)
  const done = await choose(['name', ...full].join('\n'))
  assert.match(textOf(done), /1000 created, 0 there already, 0 not created/)
  const note = await choose('name,email\nuno,same@acme.example\ndue,same@acme.example\n')
  assert.match(textOf(note), /3 due Newly created Make a one-time link email is on line 2 too\./)
})

const png = Buffer.from('89504e470d0a1a0a0000000d4948445200000001000000010806000000', 'hex')
for (const [what, content, said] of [
  ['a picture', png, /no CSV file in UTF-8/],
  ['a spreadsheet', Buffer.from('504b030414000600080000002100', 'hex'), /no CSV file in UTF-8/],
  ['UTF-16', Buffer.from('\ufeffname\nada\n', 'utf16le'), /no CSV file in UTF-8/],
  ['a quote that is not closed', '"name\nzoe\n', /^Line 1 has a quote that is not closed\.$/],
  [
    'semicolons',
    'name;email\nzoe;z@acme.example\n',
    /Column 1 name;email is not known \(separate columns by commas\)/,
  ],
  ['another column', 'name,salary\nzoe,1\n', /^Column 2 salary is not known; columns are name, path/],
  ['no column for names', 'email\nz@acme.example\n', /^There is no column name; columns are/],
  ['passwords', 'name,password\nzoe,secret\n', /^password is not imported/],
  ['a header alone', 'name,email\n', /^There are no people in this file\.$/],
  ['nothing but an empty line', '\n', /^There are no people in this file\.$/],
  ['one person too many', `name\n${'x\n'.repeat(mostFileLines + 1)}`, /more than 1,000 people/],
  ['one byte too many', `name\n${'x'.repeat(mostFileBytes - 4)}`, /larger than 1 MB/],
] as const)
  test(`a file with ${what} is refused`, limit, async () => {
    const page = await choose(content, { groups: 'staff' })
    assert.equal(page.status, 422)
    assert.equal(problemOf(page), 'One field needs attention.')
    assert.match(fileProblemOf(page), said)
    assert.match(page.text, /id="field-groups"[^>]*value="staff"/)
    assert.equal(await isThere('zoe'), false)
  })

test(
  'a file that is too large to be read is refused on the page, which names the command',
  limit,
  async () => {
    const page = await choose(`name\n${'x'.repeat(20 * mostFileBytes)}`)
    assert.equal(page.status, 413)
    assert.match(
      fileProblemOf(page),
      /larger than 1 MB\. Import it with the command npx chancery people import/,
    )
    assert.equal(headingOf(page), 'Invite several people')
  },
)

test('lines and a file are not mixed, and a form without either says so', limit, async () => {
  const both = await choose('name\nzoe\n', { people: 'zara' })
  assert.match(fileProblemOf(both), /Give lines or a file, not both/)
  assert.match(both.text, /zara<\/textarea>/)
  const me = await recent()
  const none = await me.upload(await me.open(path), {}, {}, path)
  assert.equal(none.status, 422)
  assert.match(none.text, /id="field-people"[^>]*aria-invalid="true"/)
  for (const name of ['zoe', 'zara']) assert.equal(await isThere(name), false)
})

for (const [language, wrong, none] of [
  ['de', /Eine Zeile der Datei ist fehlerhaft.*2 x email: muss eine E-Mail-Adresse sein\./, /keine Personen/],
  [
    'fr',
    /Une ligne du fichier est erronée.*2 x email : doit être une adresse e-mail\./,
    /ne contient personne/,
  ],
  [
    'es',
    /Una línea del archivo es incorrecta.*2 x email: debe ser una dirección de correo\./,
    /No hay personas/,
  ],
  ['ja', /誤りのある行が 1 行.*2 x email：メールアドレスを入力してください。/, /ユーザーが含まれていません/],
] as const)
  test(`${language}: what is wrong with a file`, limit, async () => {
    await (await recent()).get(`/language/${language}`)
    assert.match(textOf(await choose('name,email\nx,nowhere\n')), wrong)
    assert.match(fileProblemOf(await choose('name\n')), none)
    await (await recent()).get('/language/en')
  })
