using System.Globalization;
using AliveMcp.Hosting.Start;
using Npgsql;

namespace AliveMcp.Host.Embedded;

/// <summary>Finds the servers of an install that runs by the embedded start, for whoever may read its folder.</summary>
internal static class RunningInstall
{
    /// <summary>Adds the connection strings that nobody gave. The folder is <c>ALIVEMCP_HOME</c>, else <c>.alivemcp</c> here.</summary>
    /// <exception cref="StartRefusedException">Some are missing, and nothing runs there.</exception>
    public static void Find(ConfigurationManager configuration)
    {
        FindKeys(configuration);
        var needsPostgres = string.IsNullOrWhiteSpace(configuration.GetConnectionString("Postgres"));
        var needsRedis = string.IsNullOrWhiteSpace(configuration.GetConnectionString("Redis"));
        if (!needsPostgres && !needsRedis)
        {
            return;
        }

        var home = HomeOf(configuration);
        try
        {
            if (!File.Exists(Path.Combine(home, "run", InstallFolder.Ready)))
            {
                throw Nothing(home, null);
            }

            if (needsPostgres)
            {
                configuration["ConnectionStrings:Postgres"] = new NpgsqlConnectionStringBuilder
                {
                    Host = "127.0.0.1",
                    Port = int.Parse(Read(home, "postgres", "port"), CultureInfo.InvariantCulture),
                    Username = "postgres",
                    Password = Read(home, "postgres", "password"),
                    Database = "postgres",
                }.ConnectionString;
            }

            if (needsRedis)
            {
                configuration["ConnectionStrings:Redis"] =
                    $"127.0.0.1:{Read(home, "redis", "port")},password={Read(home, "redis", "password")}";
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or FormatException)
        {
            throw Nothing(home, fault);
        }
    }

    private static string HomeOf(ConfigurationManager configuration) =>
        Path.GetFullPath(configuration["ALIVEMCP_HOME"] is { Length: > 0 } set ? set : ".alivemcp");

    private static void FindKeys(ConfigurationManager configuration)
    {
        var keys = InstallFolder.KeyFileOf(HomeOf(configuration));
        if (string.IsNullOrWhiteSpace(configuration["Secrets:KeyFile"]) && File.Exists(keys))
        {
            configuration["Secrets:KeyFile"] = keys;
        }
    }

    private static string Read(string home, string server, string file) =>
        File.ReadAllText(Path.Combine(home, server, file)).Trim();

    private static StartRefusedException Nothing(string home, Exception? cause) =>
        new(
            $"No install runs in {home}{(cause is null ? "" : $" that may be read ({cause.Message})")}. Start it with 'alivemcp up', "
                + "name another folder with ALIVEMCP_HOME, or set ConnectionStrings__Postgres and ConnectionStrings__Redis.",
            cause
        );
}
