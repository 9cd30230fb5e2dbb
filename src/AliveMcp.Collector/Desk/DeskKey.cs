using System.Security.Cryptography;
using AliveMcp.Storage.Postgres;
using Npgsql;

namespace AliveMcp.Collector.Desk;

/// <summary>The install's one signing key: made by the first collector, read by every other. Tickets outlive a collector's restart.</summary>
internal sealed class DeskKey(PostgresDoors postgres) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1);
    private TicketSigner? _signer;

    public async ValueTask<TicketSigner> SignerAsync(CancellationToken cancellationToken)
    {
        if (_signer is { } ready)
        {
            return ready;
        }

        await _gate.WaitAsync(cancellationToken);
        try
        {
            return _signer ??= new TicketSigner(await ReadOrMakeAsync(cancellationToken));
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private async Task<byte[]> ReadOrMakeAsync(CancellationToken cancellationToken)
    {
        await using var connection = await postgres.AllTenants.OpenConnectionAsync(cancellationToken);
        await using (
            var make = new NpgsqlCommand(
                "INSERT INTO collector.desk_key (key) VALUES ($1) ON CONFLICT DO NOTHING",
                connection
            )
        )
        {
            make.Parameters.Add(new() { Value = RandomNumberGenerator.GetBytes(32) });
            await make.ExecuteNonQueryAsync(cancellationToken);
        }

        await using var read = new NpgsqlCommand("SELECT key FROM collector.desk_key", connection);
        return (byte[])(await read.ExecuteScalarAsync(cancellationToken))!;
    }
}
