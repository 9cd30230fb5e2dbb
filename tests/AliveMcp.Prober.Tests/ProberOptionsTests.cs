using AliveMcp.Vocabulary;
using Microsoft.Extensions.Configuration;

namespace AliveMcp.Prober.Tests;

public sealed class ProberOptionsTests
{
    [Fact]
    public void Every_fault_is_told_at_once_by_the_name_of_its_key()
    {
        var read = Read(
            ("Prober:Desk", "ftp://desk"),
            ("Prober:Token", "short"),
            ("Prober:Region", "No Region"),
            ("Prober:Name", "with space"),
            ("Prober:InFlight", "0"),
            ("Prober:IsolatedCells", "17"),
            ("Prober:CellMemory", "31"),
            ("Prober:SharedCellMemory", "much"),
            ("Prober:ExitWithStdin", "maybe"),
            ("Prober:SourceAddress", "here"),
            ("Prober:AllowPlainHttp", "yes"),
            ("Prober:References:0", "nowhere"),
            ("Prober:References:1", "https://one.example/a"),
            ("Prober:References:2", "https://one.example/b"),
            ("Egress:AllowPrivate", "2"),
            ("Egress:Allow:0", "127.0.0.1")
        );

        Assert.Equal(
            [
                "Egress:Allow:0",
                "Egress:AllowPrivate",
                "Prober:AllowPlainHttp",
                "Prober:CellMemory",
                "Prober:Desk",
                "Prober:ExitWithStdin",
                "Prober:InFlight",
                "Prober:IsolatedCells",
                "Prober:Name",
                "Prober:References",
                "Prober:References:0",
                "Prober:Region",
                "Prober:SharedCellMemory",
                "Prober:SourceAddress",
                "Prober:Token",
            ],
            read.Problems.Select(problem => problem.Field).Order(StringComparer.Ordinal)
        );
        Assert.DoesNotContain(read.Problems, problem => problem.Message.Contains("short", StringComparison.Ordinal));
    }

    [Fact]
    public void Desk_token_and_region_are_enough()
    {
        var read = Read(
            ("Prober:Desk", "https://alive.example/prober/v1"),
            ("Prober:Token", new string('t', 32)),
            ("Prober:Region", "us-east")
        );

        Assert.True(read.TryGet(out var options));
        Assert.Equal("https://alive.example/prober/v1/", options.Desk.AbsoluteUri);
        Assert.Equal((400, false), (options.InFlight, options.ExitWithStdin));
        Assert.Equal((2, 256, 1024), (options.IsolatedCells, options.CellMemory, options.SharedCellMemory));
        Assert.Matches(@"\A[A-Za-z0-9._-]{1,64}\z", options.Name);
        Assert.Empty(options.Egress.Allow);
    }

    [Theory]
    [InlineData("http://127.0.0.1:8080/prober/v1/", null, true)]
    [InlineData("http://localhost:8080/prober/v1/", null, true)]
    [InlineData("http://[::1]:8080/prober/v1/", null, true)]
    [InlineData("https://desk.example/prober/v1/", null, true)]
    [InlineData("http://desk.example/prober/v1/", null, false)]
    [InlineData("http://10.0.0.7/prober/v1/", null, false)]
    [InlineData("http://10.0.0.7/prober/v1/", "false", false)]
    [InlineData("http://10.0.0.7/prober/v1/", "true", true)]
    public void A_desk_over_plain_http_elsewhere_than_here_must_be_allowed_by_name(
        string desk,
        string? allow,
        bool accepted
    )
    {
        (string, string)[] settings =
        [
            ("Prober:Desk", desk),
            ("Prober:Token", new string('t', 32)),
            ("Prober:Region", "us-east"),
            .. allow is null ? [] : new[] { ("Prober:AllowPlainHttp", allow) },
        ];

        var read = Read(settings);

        Assert.Equal(accepted, read.TryGet(out _));
        if (!accepted)
        {
            var problem = Assert.Single(read.Problems);
            Assert.Equal("Prober:Desk", problem.Field);
            Assert.Contains("Prober__AllowPlainHttp=true", problem.Message, StringComparison.Ordinal);
        }
    }

    private static Result<ProberOptions> Read(params (string Key, string Value)[] settings) =>
        ProberOptions.Read(
            new ConfigurationBuilder()
                .AddInMemoryCollection(settings.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value)))
                .Build()
        );
}
