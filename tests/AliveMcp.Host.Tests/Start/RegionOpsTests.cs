using System.Text.RegularExpressions;
using AliveMcp.Host.Ops;
using AliveMcp.Host.Tests.Embedded;
using AliveMcp.Testing.Processes;
using AliveMcp.Testing.Storage;

namespace AliveMcp.Host.Tests.Start;

/// <summary>What an operator does to regions, by the program itself.</summary>
public sealed class RegionOpsTests(TestStorage storage) : IClassFixture<TestStorage>
{
    [Fact]
    public async Task A_region_is_added_rotated_listed_and_removed()
    {
        var added = await RunAsync(0, "region", "add", "eu-west", "--city", "Dublin");
        var first = Token(added);
        Assert.Contains("Prober__Region=eu-west", added, StringComparison.Ordinal);

        Assert.Contains(
            "There is a region 'eu-west' already",
            await RunAsync(65, "region", "add", "eu-west", "--city", "Cork")
        );
        var second = Token(await RunAsync(0, "region", "rotate", "eu-west"));
        Assert.NotEqual(first, second);
        var listed = await RunAsync(0, "region", "list");
        Assert.Contains("eu-west  Dublin  everybody's  probers: none", listed, StringComparison.Ordinal);
        Assert.DoesNotContain(first, listed, StringComparison.Ordinal);
        Assert.DoesNotContain(second, listed, StringComparison.Ordinal);
        Assert.Equal(2, Regex.Count(Below("eu-west", listed), "token added .* not used yet"));

        await RunAsync(0, "region", "remove", "eu-west");
        Assert.DoesNotContain("eu-west", await RunAsync(0, "region", "list"), StringComparison.Ordinal);
        Assert.Contains(
            "There is no region 'eu-west'.",
            await RunAsync(65, "region", "rotate", "eu-west", "--at-once")
        );
    }

    [Fact]
    public async Task A_private_region_is_some_tenants()
    {
        var added = await RunAsync(0, "region", "add", "cellar", "--city", "Berlin", "--tenant", "local");
        Assert.Contains("is added for local alone", added, StringComparison.Ordinal);
        Assert.Contains("cellar  Berlin  private to local", await RunAsync(0, "region", "list"));

        var nobody = await RunAsync(65, "region", "add", "attic", "--city", "Berlin", "--tenant", "nobody");
        Assert.Contains("There is no tenant 'nobody'.", nobody, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData]
    [InlineData("region")]
    [InlineData("region", "add", "x")]
    [InlineData("region", "rotate")]
    [InlineData("region", "remove", "--all")]
    [InlineData("region", "rotate", "x", "--now")]
    [InlineData("server", "list")]
    public void Words_that_make_no_sense_are_not_guessed_at(params string[] words) =>
        Assert.Null(RegionWords.Read(words));

    /// <summary>What stands indented below a region's line: another test may have added regions of its own.</summary>
    private static string Below(string region, string listed) =>
        string.Join(
            '\n',
            listed
                .Split('\n')
                .SkipWhile(line => !line.StartsWith(region, StringComparison.Ordinal))
                .Skip(1)
                .TakeWhile(line => line.StartsWith(' '))
        );

    private static string Token(string output) => Regex.Match(output, "Prober__Token=(\\S+)").Groups[1].Value;

    private async Task<string> RunAsync(int expected, params string[] words)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ConnectionStrings__Postgres"] = storage.Options.Bootstrap.ConnectionString,
            ["ConnectionStrings__Redis"] = storage.Options.Redis,
        };
        await using var ops = ProgramUnderTest.Start("AliveMcp.Host", ["ops", .. words], settings);
        Assert.Equal(expected, await ops.WaitForExitAsync(Patience.Limit));
        return ops.Output;
    }
}
