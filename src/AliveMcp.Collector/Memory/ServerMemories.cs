using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Minutes;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace AliveMcp.Collector.Memory;

/// <summary>
/// The memories of servers, read through and written on change only. While Postgres is away the desk works on with what it has:
/// a memory that could not be read again is used as it is, a change that could not be written is made again by the next report.
/// </summary>
internal sealed partial class ServerMemories(
    MemoryTable table,
    BackoffNote note,
    TimeProvider time,
    ILogger<ServerMemories> logger
) : IDisposable
{
    /// <summary>Other collectors write, too; nothing here is worth seeing sooner.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);

    private readonly Recent<ServerId, Held> _held = new(200_000);
    private readonly SemaphoreSlim[] _gates = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1))];

    /// <summary>What is remembered of these servers at these URLs; a memory of another URL is none.</summary>
    public async Task<IReadOnlyDictionary<ServerId, ServerMemory>> OfAsync(
        IReadOnlyCollection<(ServerKey Server, string Url)> servers,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetUtcNow();
        var missing = servers
            .Select(server => server.Server.Server)
            .Where(server => !_held.TryGet(server, out var held) || now - held.ReadAt > Fresh)
            .ToArray();
        if (missing.Length > 0)
        {
            await ReadAsync(missing, now, cancellationToken);
        }

        return servers.ToDictionary(server => server.Server.Server, server => HeldOrNew(server.Server, server.Url));
    }

    /// <summary>Applies a pure change to one memory and writes it when it is one.</summary>
    public async Task ChangeAsync(
        ServerKey server,
        string url,
        Func<ServerMemory, ServerMemory> change,
        CancellationToken cancellationToken
    )
    {
        var gate = _gates[server.Server.Value % _gates.Length];
        await gate.WaitAsync(cancellationToken);
        try
        {
            var before = (await OfAsync([(server, url)], cancellationToken))[server.Server];
            var after = change(before);

            // What could not be read must not be overwritten with the little that is known without it.
            if (after != before && _held.TryGet(server.Server, out _))
            {
                await table.WriteAsync(after, time.GetUtcNow(), cancellationToken);
                _held.Set(server.Server, new Held(after, time.GetUtcNow()));
                await note.TellAsync(before, after);
            }
        }
        catch (NpgsqlException fault)
        {
            NotWritten(logger, server, fault.Message);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Learns from a sealed minute what only all regions together can say. A server that was not looked up here yet waits for its next one.</summary>
    public async Task LearnAsync(VerdictMinute verdict)
    {
        if (
            _held.TryGet(verdict.Server.Server, out var held)
            && held.Memory is { } memory
            && !ReferenceEquals(MemoryRule.Learn(memory, verdict), memory)
        )
        {
            await ChangeAsync(
                verdict.Server,
                memory.Url,
                current => MemoryRule.Learn(current, verdict),
                CancellationToken.None
            );
        }
    }

    public void Forget(ServerId server) => _held.Remove(server);

    public void Dispose()
    {
        foreach (var gate in _gates)
        {
            gate.Dispose();
        }
    }

    private ServerMemory HeldOrNew(ServerKey server, string url)
    {
        var isRead = _held.TryGet(server.Server, out var held);
        if (held.Memory is { } memory && memory.Url == url)
        {
            return memory;
        }

        var blank = ServerMemory.Of(server, url);
        if (isRead)
        {
            _held.Set(server.Server, held with { Memory = blank });
        }

        return blank;
    }

    private async Task ReadAsync(ServerId[] servers, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            var read = await table.ReadAsync(servers, cancellationToken);
            foreach (var server in servers)
            {
                _held.Set(server, new Held(read.GetValueOrDefault(server), now));
            }
        }
        catch (NpgsqlException fault)
        {
            NotRead(logger, servers.Length, fault.Message);
        }
    }

    private readonly record struct Held(ServerMemory? Memory, DateTimeOffset ReadAt);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Memory of {Server} not written: {Fault}")]
    private static partial void NotWritten(ILogger logger, ServerKey server, string fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Memories of {Count} servers not read: {Fault}")]
    private static partial void NotRead(ILogger logger, int count, string fault);
}
