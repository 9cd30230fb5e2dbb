using System.Text.Json.Nodes;
using AliveMcp.Servers.Files;

namespace AliveMcp.Servers.Tests.Files;

/// <summary>The published JSON Schema and the reader know the same words.</summary>
public sealed class SchemaTests
{
    private readonly JsonNode _schema;

    public SchemaTests()
    {
        using var stream = SchemaEndpoint.Open();
        _schema = JsonNode.Parse(stream)!;
    }

    [Fact]
    public void It_has_the_keys_of_the_file() => Assert.Equal(FileWords.Top.Order(), Keys(_schema["properties"]!));

    [Fact]
    public void It_has_the_fields_of_a_server() =>
        Assert.Equal(FileWords.Entry.Order(), Keys(_schema["$defs"]!["server"]!["properties"]!));

    [Fact]
    public void It_has_the_fields_of_a_test_call_and_of_a_health_url()
    {
        Assert.Equal(FileWords.TestCall.Order(), Keys(_schema["$defs"]!["test_call"]!["properties"]!));
        Assert.Equal(FileWords.Maintenance.Order(), Keys(_schema["$defs"]!["maintenance"]!["properties"]!));
        Assert.Equal(FileWords.WideMaintenance.Order(), Keys(_schema["$defs"]!["wide_maintenance"]!["properties"]!));
        Assert.Equal(FileWords.Health.Order(), Keys(_schema["$defs"]!["health"]!["properties"]!));
    }

    [Fact]
    public void It_has_the_words_of_the_choices()
    {
        Assert.Equal(FileWords.Transports.Keys, Choice("transport"));
        Assert.Equal(FileWords.Expectations.Keys, Choice("expects"));
        Assert.Equal(FileWords.Visibilities.Keys, Choice("visibility"));
    }

    private IEnumerable<string> Choice(string field) =>
        _schema["$defs"]!["server"]!["properties"]![field]!["enum"]!
            .AsArray()
            .Where(word => word is not null)
            .Select(word => (string)word!);

    private static IEnumerable<string> Keys(JsonNode node) => node.AsObject().Select(field => field.Key).Order();
}
