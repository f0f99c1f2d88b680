import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.ServerVersion;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;

/**
 * mongo-java-server in memory, with an oplog and so with change streams. Prints the URL, and ends when its standard
 * input does.
 */
public class Main {
    public static void main(String[] args) throws Exception {
        MongoServer server = new MongoServer(new MemoryBackend().version(ServerVersion.MONGO_5_0));
        server.enableOplog();
        System.out.println(server.bindAndGetConnectionString());
        while (System.in.read() >= 0) { }
        server.shutdownNow();
    }
}
