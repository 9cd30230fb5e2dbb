using System.Net;
using System.Net.Sockets;
using AliveMcp.Host.Readiness;
using AliveMcp.Storage;
using AliveMcp.Storage.Postgres;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AliveMcp.Host.Tests.Readiness;

public sealed class PostgresCheckTests
{
    [Fact]
    public async Task A_postgres_that_takes_the_call_and_says_nothing_is_not_waited_for()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var port = ((IPEndPoint)silent.LocalEndpoint).Port;
        await using var doors = new PostgresDoors(Options(port));
        var check = new PostgresCheck(doors, TimeProvider.System);

        var asked = new HealthCheckContext
        {
            Registration = new HealthCheckRegistration("postgres", check, HealthStatus.Unhealthy, tags: null),
        };

        var first = await check.CheckHealthAsync(asked, TestContext.Current.CancellationToken);
        var second = await check.CheckHealthAsync(asked, TestContext.Current.CancellationToken);

        Assert.Equal(HealthStatus.Unhealthy, first.Status);
        Assert.Equal("does not answer", second.Description);
    }

    private static StorageOptions Options(int port)
    {
        var settings = new Dictionary<string, string?>
        {
            ["ConnectionStrings:Postgres"] = $"Host=127.0.0.1;Port={port};Username=postgres;Password=secret;Timeout=60",
            ["ConnectionStrings:Redis"] = "127.0.0.1:1",
        };
        var read = StorageOptions.Read(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        return read.TryGet(out var options) ? options : throw new InvalidOperationException(read.Problems[0].Message);
    }
}
