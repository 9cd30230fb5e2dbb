using AliveMcp.Vocabulary;
using Dapper;
using Npgsql;

namespace AliveMcp.Tenancy.Secrets;

/// <summary>Seals every secret under its tenant's newest data key, a page a transaction. Two at once pass over each other's rows.</summary>
internal sealed class Resealing(DataKeys keys)
{
    private const int PageSize = 100;

    /// <summary>Both tables that hold sealed secrets; the two columns that name a row in its tenant are read under one name each.</summary>
    private static readonly Table[] Tables =
    [
        new("tenancy.secret", "server_id", "purpose"),
        new("tenancy.thing_secret", "thing_id", "thing"),
    ];

    /// <summary>Secrets that do not open are passed over and counted: nobody could read them anyway, and the others must go on.</summary>
    public async Task<(int Resealed, int Lost)> RunAsync(
        NpgsqlConnection connection,
        CancellationToken cancellationToken
    )
    {
        var (resealed, lost) = (0, 0);
        foreach (var table in Tables)
        {
            SecretRow? last = null;
            do
            {
                await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
                var page = await PageAsync(transaction, table, last, cancellationToken);
                foreach (var row in page)
                {
                    var done = await ResealAsync(transaction, table, row, cancellationToken);
                    (resealed, lost) = done ? (resealed + 1, lost) : (resealed, lost + 1);
                }

                await transaction.CommitAsync(cancellationToken);
                last = page.Count < PageSize ? null : page[^1];
            } while (last is not null);
        }

        return (resealed, lost);
    }

    private static async Task<List<SecretRow>> PageAsync(
        NpgsqlTransaction transaction,
        Table table,
        SecretRow? after,
        CancellationToken cancellationToken
    )
    {
        var sql = $"""
            SELECT secret.tenant_id AS Tenant, secret.{table.Number} AS Number, secret.{table.Word} AS Word, secret.sealed AS Sealed,
                key.version AS Version, key.kek AS Kek, key.wrapped AS Wrapped
            FROM {table.Name} AS secret
                JOIN tenancy.data_key AS key ON key.tenant_id = secret.tenant_id AND key.version = secret.key_version
            WHERE (secret.tenant_id, secret.{table.Number}, secret.{table.Word}) > (@tenant, @number, @word)
                AND EXISTS (SELECT FROM tenancy.data_key AS newer
                    WHERE newer.tenant_id = secret.tenant_id AND newer.version > secret.key_version)
            ORDER BY secret.tenant_id, secret.{table.Number}, secret.{table.Word} LIMIT @take
            FOR UPDATE OF secret SKIP LOCKED
            """;
        var values = new
        {
            tenant = after?.Tenant ?? -1,
            number = after?.Number ?? 0,
            word = after?.Word ?? "",
            take = PageSize,
        };
        var page = await transaction.Connection!.QueryAsync<SecretRow>(
            new CommandDefinition(sql, values, transaction, cancellationToken: cancellationToken)
        );
        return page.AsList();
    }

    private async Task<bool> ResealAsync(
        NpgsqlTransaction transaction,
        Table table,
        SecretRow row,
        CancellationToken cancellationToken
    )
    {
        var tenant = new TenantId(row.Tenant);
        var place = table.BytesOf(tenant, row);
        DataKey old;
        DataKey key;
        try
        {
            old = await keys.OpenAsync(tenant, row, cancellationToken);
            key = await keys.CurrentAsync(transaction, tenant, cancellationToken);
        }
        catch (KeyUnavailableException)
        {
            return false;
        }

        if (Envelope.Open(old.Bytes, place, row.Sealed) is not { } secret)
        {
            return false;
        }

        var sql = $"""
            UPDATE {table.Name} SET key_version = @version, sealed = @anew
            WHERE tenant_id = @tenant AND {table.Number} = @number AND {table.Word} = @word
            """;
        var values = new
        {
            version = key.Version,
            anew = Envelope.Seal(key.Bytes, place, secret),
            tenant = row.Tenant,
            number = row.Number,
            word = row.Word,
        };
        return await transaction.Connection!.ExecuteAsync(sql, values, transaction) > 0;
    }

    private sealed record Table(string Name, string Number, string Word)
    {
        public byte[] BytesOf(TenantId tenant, SecretRow row) =>
            Name == "tenancy.secret"
                ? new SecretPlace(new ServerKey(tenant, new ServerId(row.Number)), row.Word).Bytes
                : new ThingPlace(tenant, row.Word, row.Number).Bytes;
    }

    private sealed class SecretRow : StoredKey
    {
        public int Tenant { get; init; }

        public int Number { get; init; }

        public string Word { get; init; } = "";

        public byte[] Sealed { get; init; } = [];
    }
}
