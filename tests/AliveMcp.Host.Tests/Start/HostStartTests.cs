using System.Globalization;
using System.Net;
using AliveMcp.Host.Tests.Embedded;
using AliveMcp.Testing.Processes;
using AliveMcp.Testing.Storage;

namespace AliveMcp.Host.Tests.Start;

/// <summary>The Host as a program that cannot start: it says why in sentences, all at once, and never shows a stack.</summary>
public sealed class HostStartTests
{
    [Fact]
    public async Task Every_missing_setting_is_named_at_once()
    {
        await using var host = ProgramUnderTest.Start("AliveMcp.Host", ["--urls=http://127.0.0.1:0"], Nothing);

        Assert.Equal(78, await host.WaitForExitAsync(Patience.Limit));
        Assert.Contains(
            "ConnectionStrings:Postgres is not set; for example Host=",
            host.Output,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "ConnectionStrings:Redis is not set; for example 127.0.0.1:6379",
            host.Output,
            StringComparison.Ordinal
        );
        AssertNoStack(host);
    }

    [Fact]
    public async Task An_unreachable_Postgres_is_one_clear_message()
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ConnectionStrings__Postgres"] = "Host=127.0.0.1;Port=1;Username=me;Password=secret;Database=alivemcp",
            ["ConnectionStrings__Redis"] = "127.0.0.1:1",
        };
        await using var host = ProgramUnderTest.Start("AliveMcp.Host", ["--urls=http://127.0.0.1:0"], settings);

        Assert.Equal(69, await host.WaitForExitAsync(Patience.Limit));
        Assert.StartsWith("alivemcp: Postgres at 127.0.0.1:1 cannot be used", host.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Password=secret;Database=alivemcp.alivemcp", host.Output, StringComparison.Ordinal);
        AssertNoStack(host);
    }

    [Fact]
    public async Task A_process_of_public_reads_alone_begins_without_Postgres_and_stays_in_service()
    {
        await using var storage = await TestStorage.CreateAsync();
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Roles"] = "web",
            ["ConnectionStrings__Postgres"] = "Host=127.0.0.1;Port=1;Username=me;Password=secret;Database=alivemcp",
            ["ConnectionStrings__Redis"] = storage.RedisServer.ConnectionString,
        };
        await using var host = ProgramUnderTest.Start("AliveMcp.Host", ["--urls=http://127.0.0.1:0"], settings);
        await host.WaitForLineAsync("Now listening on: ", Patience.Limit);
        var url = host.Output.Split("Now listening on: ")[1].Split('\n')[0].Trim();
#pragma warning disable RS0030 // The test's own process on loopback, not a stranger.
        using var http = new HttpClient { BaseAddress = new Uri(url) };
#pragma warning restore RS0030

        using var ready = await http.GetAsync("/readyz");
        using var page = await http.GetAsync("/status/any");
        using var badge = await http.GetAsync("/badge/any.svg");

        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
        Assert.Contains("\"status\":\"degraded\"", await ready.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, page.StatusCode);
        Assert.Equal(HttpStatusCode.OK, badge.StatusCode);
        Assert.Contains("pages show what is kept", host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_taken_port_is_one_clear_message()
    {
        using var taken = new TakenPort();
        var url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{taken.Port}");
        await using var host = ProgramUnderTest.Start("AliveMcp.Host", ["--urls=" + url], Nothing);

        Assert.Equal(69, await host.WaitForExitAsync(Patience.Limit));
        Assert.StartsWith($"alivemcp: {url} is taken", host.Output, StringComparison.Ordinal);
        AssertNoStack(host);
    }

    [Fact]
    public async Task Wrong_settings_of_the_embedded_start_are_told_together()
    {
        string[] arguments =
        [
            "--urls=http://127.0.0.1:0",
            "--Embedded:Folder=/dev/null/x",
            "--Embedded:Regions=A B",
            "--Embedded:Demo=perhaps",
            "--Embedded:ServersFile=/none.yaml",
        ];
        await using var host = ProgramUnderTest.Start("AliveMcp.Host", arguments, Nothing);

        Assert.Equal(78, await host.WaitForExitAsync(Patience.Limit));
        Assert.Contains("3 things are wrong", host.Output, StringComparison.Ordinal);
        AssertNoStack(host);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_had_is_one_clear_message()
    {
        string[] arguments = ["--urls=http://127.0.0.1:0", "--Embedded:Folder=/dev/null/x"];
        await using var host = ProgramUnderTest.Start("AliveMcp.Host", arguments, Nothing);

        Assert.Equal(69, await host.WaitForExitAsync(Patience.Limit));
        Assert.StartsWith("alivemcp: The folder /dev/null/x cannot be used", host.Output, StringComparison.Ordinal);
        AssertNoStack(host);
    }

    private static Dictionary<string, string> Nothing => new(StringComparer.Ordinal);

    private static void AssertNoStack(ProgramUnderTest host) =>
        Assert.DoesNotContain("   at ", host.Output, StringComparison.Ordinal);
}
