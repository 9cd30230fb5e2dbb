using System.Text;
using AliveMcp.Testing.Storage;
using Dapper;
using Npgsql;
using StackExchange.Redis;

namespace AliveMcp.Host.Tests.Routes;

/// <summary>Everything that a copy of an install's stores would show: each row of each table, each key of Redis with what it holds.</summary>
internal static class Outputs
{
    private const string Tables = """
        SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
        WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
        """;

    /// <summary>Every row as text; bytes stand there in hex.</summary>
    public static async Task<IReadOnlyList<(string Where, string Text)>> RowsAsync(TestStorage storage)
    {
        await using var owner = new NpgsqlConnection(storage.Options.Bootstrap.ConnectionString);
        var rows = new List<(string, string)>();
        foreach (var table in await owner.QueryAsync<string>(Tables))
        {
            var texts = await owner.QueryAsync<string>($"SELECT row::text FROM {table} AS row");
            rows.AddRange(texts.Select(text => (table, text)));
        }

        return rows;
    }

    public static async Task<IReadOnlyList<(string Where, string Text)>> KeysAsync(TestStorage storage)
    {
        var database = storage.Redis.Database;
        var keys = (RedisKey[])(await database.ExecuteAsync("KEYS", "*"))!;
        var found = new List<(string, string)>();
        foreach (var key in keys)
        {
            found.Add(("redis", $"{key}"));
            found.AddRange((await ValuesAsync(database, key)).Select(value => ($"redis {key}", Spelled(value))));
        }

        return found;
    }

    /// <summary>The ways in which a text might stand somewhere: as it is, in hex, in base64 of either alphabet.</summary>
    public static IReadOnlyList<string> Spellings(byte[] secret) =>
        [
            Encoding.Latin1.GetString(secret),
            Convert.ToHexStringLower(secret),
            Convert.ToHexString(secret),
            Convert.ToBase64String(secret).TrimEnd('='),
            Convert.ToBase64String(secret).TrimEnd('=').Replace('+', '-').Replace('/', '_'),
        ];

    private static async Task<IEnumerable<RedisValue>> ValuesAsync(IDatabase database, RedisKey key) =>
        await database.KeyTypeAsync(key) switch
        {
            RedisType.String => [await database.StringGetAsync(key)],
            RedisType.List => await database.ListRangeAsync(key),
            RedisType.Set => await database.SetMembersAsync(key),
            RedisType.SortedSet => await database.SortedSetRangeByRankAsync(key),
            RedisType.Hash => (await database.HashGetAllAsync(key)).SelectMany(field =>
                new[] { field.Name, field.Value }
            ),
            _ => [],
        };

    private static string Spelled(RedisValue value) => Encoding.Latin1.GetString((byte[]?)value ?? []);
}
