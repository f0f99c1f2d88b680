// A MongoDB-compatible server for tests where no real one can be had: FerretDB 1.24 over SQLite, behind a gate.
//
// FerretDB 1 finds a document and then changes it by its _id, as two steps: of two clients that find and delete the same
// document, both get it. Chancery's engine refuses such a server. The gate lets one command of a database through at a
// time, which makes each one step, as it is on MongoDB.
//
// Usage: ferretdb-gated DIR PORT [ungated]. Keeps its files in DIR, listens on 127.0.0.1:PORT (0: any), prints the URL,
// and ends when its standard input does.
package main

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"sync"

	"github.com/FerretDB/FerretDB/ferretdb"
)

// MongoDB's own limit of a wire message.
const longest = 48_000_000

func main() {
	if len(os.Args) < 3 {
		fail(fmt.Errorf("usage: %s DIR PORT [ungated]", os.Args[0]))
	}
	dir, port := os.Args[1], os.Args[2]
	socket := filepath.Join(dir, "ferretdb.sock")
	_ = os.Remove(socket)
	server, err := ferretdb.New(&ferretdb.Config{
		Listener:  ferretdb.ListenerConfig{Unix: socket},
		Logger:    slog.New(slog.DiscardHandler),
		Handler:   "sqlite",
		SQLiteURL: "file:" + dir + "/",
	})
	fail(err)
	outside, err := net.Listen("tcp", "127.0.0.1:"+port)
	fail(err)
	ctx, stop := context.WithCancel(context.Background())
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		stop()
	}()
	go let(outside, socket, len(os.Args) == 3)
	fmt.Printf("mongodb://%s/\n", outside.Addr())
	fail(server.Run(ctx))
}

func let(outside net.Listener, socket string, gated bool) {
	gate := new(gate)
	for {
		client, err := outside.Accept()
		fail(err)
		go func() {
			defer client.Close()
			server, err := net.Dial("unix", socket)
			if err != nil {
				return
			}
			defer server.Close()
			for pass(client, server, gate, gated) == nil {
			}
		}()
	}
}

// One request and its one answer.
func pass(client, server net.Conn, gate *gate, gated bool) error {
	request, err := message(client)
	if err != nil {
		return err
	}
	if gated {
		defer gate.enter(request)()
	}
	answer, err := ask(server, request)
	if err != nil {
		return err
	}
	_, err = client.Write(answer)
	return err
}

// One command of a database at a time, and nothing else while collections and indexes are made: FerretDB's own list of
// them is not safe against that.
type gate struct {
	world     sync.RWMutex
	databases sync.Map
}

func (g *gate) enter(request []byte) (leave func()) {
	command, database := read(request)
	switch command {
	case "", "hello", "ismaster", "isMaster", "ping", "buildInfo", "endSessions":
		return func() {}
	case "create", "createIndexes", "dropDatabase":
		g.world.Lock()
		return g.world.Unlock
	}
	g.world.RLock()
	one, _ := g.databases.LoadOrStore(database, new(sync.Mutex))
	one.(*sync.Mutex).Lock()
	return func() {
		one.(*sync.Mutex).Unlock()
		g.world.RUnlock()
	}
}

// The command and the database of an OP_MSG.
func read(request []byte) (command, database string) {
	// header, flags, kind of section, length of the document, type of its first field
	const first = 16 + 4 + 1 + 4
	if len(request) <= first || binary.LittleEndian.Uint32(request[12:]) != 2013 {
		return "", ""
	}
	name, rest, _ := bytes.Cut(request[first+1:], []byte{0})
	_, value, _ := bytes.Cut(rest, []byte("\x02$db\x00"))
	return string(name), text(value)
}

func ask(server net.Conn, request []byte) ([]byte, error) {
	if _, err := server.Write(request); err != nil {
		return nil, err
	}
	return message(server)
}

// A BSON string: its length, its bytes, a zero.
func text(bson []byte) string {
	if len(bson) < 4 {
		return ""
	}
	value, _, _ := bytes.Cut(bson[4:], []byte{0})
	return string(value)
}

// A wire message begins with its own length.
func message(from io.Reader) ([]byte, error) {
	head := make([]byte, 4)
	if _, err := io.ReadFull(from, head); err != nil {
		return nil, err
	}
	length := binary.LittleEndian.Uint32(head)
	if length < 16 || length > longest {
		return nil, fmt.Errorf("a message of %d bytes", length)
	}
	whole := make([]byte, length)
	copy(whole, head)
	_, err := io.ReadFull(from, whole[4:])
	return whole, err
}

func fail(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
