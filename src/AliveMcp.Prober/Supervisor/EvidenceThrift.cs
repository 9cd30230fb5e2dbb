using AliveMcp.Vocabulary;

namespace AliveMcp.Prober.Supervisor;

/// <summary>Evidence travels only when a server's reason is new to this prober or the last that went is old. The desk thins out once more.</summary>
internal sealed class EvidenceThrift(TimeProvider time)
{
    private const int Remembered = 50_000;
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(15);

    private readonly Lock _gate = new();
    private readonly Dictionary<ServerKey, (Why Why, long At)> _sent = [];

    public bool Sends(ServerKey server, Why why)
    {
        lock (_gate)
        {
            if (why == Why.None)
            {
                _sent.Remove(server);
                return false;
            }

            if (_sent.TryGetValue(server, out var last) && last.Why == why && time.GetElapsedTime(last.At) < Rest)
            {
                return false;
            }

            if (_sent.Count >= Remembered)
            {
                // Forgetting costs some evidence sent twice, no more.
                _sent.Clear();
            }

            _sent[server] = (why, time.GetTimestamp());
            return true;
        }
    }
}
