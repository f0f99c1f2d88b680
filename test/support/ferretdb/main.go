// A MongoDB-compatible server for tests where no real one can be had: FerretDB 1.24 over SQLite, behind a gate.
//
// FerretDB 1 finds a document and then changes it by its _id, as two steps: of two clients that find and delete the same
// document, both get it. Chancery's engine refuses such a server. The gate lets one command through at a time, which
// makes each command one step, as it is on MongoDB.
//
// Usage: ferretdb-gated DIR PORT [ungated]. Keeps its files in DIR, listens on 127.0.0.1:PORT (0: any), prints the URL,
// and ends when its standard input does.
package main

import (
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
	var gate sync.Mutex
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
			own := new(sync.Mutex)
			if gated {
				own = &gate
			}
			for pass(client, server, own) == nil {
			}
		}()
	}
}

// One request and its one answer.
func pass(client, server net.Conn, gate *sync.Mutex) error {
	request, err := message(client)
	if err != nil {
		return err
	}
	gate.Lock()
	answer, err := ask(server, request)
	gate.Unlock()
	if err != nil {
		return err
	}
	_, err = client.Write(answer)
	return err
}

func ask(server net.Conn, request []byte) ([]byte, error) {
	if _, err := server.Write(request); err != nil {
		return nil, err
	}
	return message(server)
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
