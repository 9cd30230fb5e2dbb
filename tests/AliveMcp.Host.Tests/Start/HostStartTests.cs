using System.Globalization;
using AliveMcp.Host.Tests.Embedded;
using AliveMcp.Testing.Processes;

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
