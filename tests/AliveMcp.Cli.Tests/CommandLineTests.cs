namespace AliveMcp.Cli.Tests;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("help.txt", "--help")]
    [InlineData("probe.txt", "probe", "--help")]
    [InlineData("snapshot.txt", "snapshot", "--help")]
    [InlineData("diff.txt", "diff", "--help")]
    [InlineData("apply.txt", "apply", "--help")]
    [InlineData("import.txt", "import", "--help")]
    [InlineData("export-servers.txt", "export", "servers", "--help")]
    [InlineData("look.txt", "look", "--help")]
    [InlineData("export-data.txt", "export", "data", "--help")]
    [InlineData("incidents.txt", "incidents", "--help")]
    [InlineData("sinks.txt", "sinks", "--help")]
    [InlineData("rules.txt", "rules", "--help")]
    [InlineData("rules-add.txt", "rules", "add", "--help")]
    [InlineData("rules-change.txt", "rules", "change", "--help")]
    [InlineData("sinks-add.txt", "sinks", "add", "--help")]
    [InlineData("maintenance.txt", "maintenance", "--help")]
    [InlineData("maintenance-add.txt", "maintenance", "add", "--help")]
    [InlineData("minute.txt", "minute", "--help")]
    [InlineData("up.txt", "up", "--help")]
    [InlineData("down.txt", "down", "--help")]
    [InlineData("ops.txt", "ops", "--help")]
    public async Task Help_is_part_of_the_public_surface(string snapshot, params string[] args)
    {
        var call = await Call.AliveMcpAsync(args);

        var expected = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Snapshots", snapshot));
        Assert.Equal(expected, call.Out.ReplaceLineEndings("\n"));
        Assert.Equal(0, call.ExitCode);
    }

    [Theory]
    [InlineData("Which command?")]
    [InlineData("'prob' is not a command.", "prob", "http://example.com")]
    [InlineData("Required argument 'url' missing", "probe")]
    [InlineData("'example.com/mcp' is not an http or https URL", "probe", "example.com/mcp")]
    [InlineData("'ftp://example.com' is not an http or https URL", "probe", "ftp://example.com")]
    [InlineData("holds a user name or password", "probe", "https://me:secret@example.com/mcp")]
    [InlineData("--era is 'modern': choose one of auto, initialize, discover.", "probe", "http://x", "--era", "modern")]
    [InlineData(
        "--expect is 'x': give protected or open for the door, or a JSONPath beginning with $",
        "probe",
        "http://x",
        "--expect",
        "x"
    )]
    [InlineData("--timeout is '31': give whole seconds from 1 to 30.", "probe", "http://x", "--timeout", "31")]
    [InlineData("'--bogus'", "probe", "http://x", "--bogus")]
    public async Task A_wrong_command_line_is_explained_and_ends_in_64(string complaint, params string[] args)
    {
        var call = await Call.AliveMcpAsync(args);

        Assert.Contains(complaint, call.Error, StringComparison.Ordinal);
        Assert.Empty(call.Out);
        Assert.Equal(64, call.ExitCode);
    }

    [Theory]
    [InlineData("probe", "http://x", "--ca", "/no/such/file")]
    [InlineData("probe", "http://x", "--call", "t", "--schema", "/no/such/file")]
    [InlineData("diff", "/no/such/file", "/no/such/file")]
    public async Task A_file_that_cannot_be_read_is_named_and_ends_in_66(params string[] args)
    {
        var call = await Call.AliveMcpAsync(args);

        Assert.Contains("'/no/such/file'", call.Error, StringComparison.Ordinal);
        Assert.Equal(66, call.ExitCode);
    }

    [Fact]
    public async Task A_password_in_a_URL_is_not_repeated()
    {
        var call = await Call.AliveMcpAsync("probe", "https://me:secret@example.com/mcp");

        Assert.DoesNotContain("secret", call.Error, StringComparison.Ordinal);
    }
}
