using System.Security.Cryptography;
using System.Text;
using AliveMcp.Vocabulary;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace AliveMcp.Storage;

/// <summary>
/// Where Postgres and Redis are. Section <c>ConnectionStrings</c>: <c>Postgres</c> (a user that may create roles; used for migrations only),
/// <c>Redis</c>, and where an operator made the logins by hand <c>PostgresApp</c> and <c>PostgresWorker</c>.
/// </summary>
public sealed class StorageOptions
{
    private StorageOptions(
        NpgsqlConnectionStringBuilder bootstrap,
        NpgsqlConnectionStringBuilder app,
        NpgsqlConnectionStringBuilder worker,
        string redis
    )
    {
        Bootstrap = bootstrap;
        App = app;
        Worker = worker;
        Redis = redis;
    }

    /// <summary>Creates roles and runs migrations, nothing else.</summary>
    public NpgsqlConnectionStringBuilder Bootstrap { get; }

    /// <summary>Role <c>alivemcp_app</c>: bound by row security.</summary>
    public NpgsqlConnectionStringBuilder App { get; }

    /// <summary>Role <c>alivemcp_worker</c>: the loops that must see all tenants.</summary>
    public NpgsqlConnectionStringBuilder Worker { get; }

    /// <summary>StackExchange.Redis configuration, for example <c>127.0.0.1:6379,password=…</c>.</summary>
    public string Redis { get; }

    /// <summary>Reads the section; every fault at once, each naming its key and an example.</summary>
    public static Result<StorageOptions> Read(IConfiguration configuration)
    {
        var problems = new List<Problem>();
        var postgres = Postgres(configuration, "Postgres", problems);
        var app = Postgres(configuration, "PostgresApp", problems);
        var worker = Postgres(configuration, "PostgresWorker", problems);
        var redis = configuration.GetConnectionString("Redis");
        if (string.IsNullOrWhiteSpace(redis))
        {
            problems.Add(
                new(
                    "setting_missing",
                    "ConnectionStrings:Redis is not set; for example 127.0.0.1:6379,password=secret.",
                    "ConnectionStrings:Redis"
                )
            );
        }

        if (postgres is null && problems.TrueForAll(problem => problem.Field != "ConnectionStrings:Postgres"))
        {
            problems.Add(
                new(
                    "setting_missing",
                    "ConnectionStrings:Postgres is not set; for example Host=127.0.0.1;Username=postgres;Password=secret;Database=alivemcp.",
                    "ConnectionStrings:Postgres"
                )
            );
        }

        if (postgres is not null && (app is null || worker is null) && string.IsNullOrEmpty(postgres.Password))
        {
            problems.Add(
                new(
                    "setting_missing",
                    "ConnectionStrings:Postgres carries no password to derive the two roles' from: set ConnectionStrings:PostgresApp and ConnectionStrings:PostgresWorker.",
                    "ConnectionStrings:PostgresApp"
                )
            );
        }

        return problems.Count > 0
            ? problems
            : new StorageOptions(
                postgres!,
                app ?? Derive(postgres!, "alivemcp_app"),
                worker ?? Derive(postgres!, "alivemcp_worker"),
                redis!
            );
    }

    /// <summary>Everything by one login that row security does not bind: for a copy of a database that nobody serves from. There is no Redis.</summary>
    public static StorageOptions OfOneLogin(NpgsqlConnectionStringBuilder login) => new(login, login, login, "");

    private static NpgsqlConnectionStringBuilder? Postgres(
        IConfiguration configuration,
        string name,
        List<Problem> problems
    )
    {
        var text = configuration.GetConnectionString(name);
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        try
        {
            return new NpgsqlConnectionStringBuilder(text);
        }
        catch (ArgumentException fault)
        {
            problems.Add(
                new(
                    "setting_invalid",
                    $"ConnectionStrings:{name} cannot be read: {fault.Message} For example Host=127.0.0.1;Username=postgres;Password=secret;Database=alivemcp.",
                    $"ConnectionStrings:{name}"
                )
            );
            return null;
        }
    }

    /// <summary>
    /// The two roles' passwords come from the bootstrap user's by HMAC, so that every replica computes the same ones and none is stored.
    /// </summary>
    private static NpgsqlConnectionStringBuilder Derive(NpgsqlConnectionStringBuilder bootstrap, string role)
    {
        var key = Encoding.UTF8.GetBytes(bootstrap.Password!);
        var password = Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(role)));
        return new NpgsqlConnectionStringBuilder(bootstrap.ConnectionString) { Username = role, Password = password };
    }
}
