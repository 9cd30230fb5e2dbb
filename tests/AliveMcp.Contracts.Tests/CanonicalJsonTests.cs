using System.Buffers;
using System.Text;
using System.Text.Json;

namespace AliveMcp.Contracts.Tests;

public sealed class CanonicalJsonTests
{
    [Fact]
    public void The_sample_of_RFC_8785_section_3_2_2_comes_out_as_in_section_3_2_4()
    {
        const string sample = """
            {
              "numbers": [333333333.33333329, 1E30, 4.50,
                          2e-3, 0.000000000000000000000000001],
              "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
              "literals": [null, true, false]
            }
            """;

        var canonical = CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(sample));

        const string bytes = """
            7b 22 6c 69 74 65 72 61 6c 73 22 3a 5b 6e 75 6c 6c 2c 74 72
            75 65 2c 66 61 6c 73 65 5d 2c 22 6e 75 6d 62 65 72 73 22 3a
            5b 33 33 33 33 33 33 33 33 33 2e 33 33 33 33 33 33 33 2c 31
            65 2b 33 30 2c 34 2e 35 2c 30 2e 30 30 32 2c 31 65 2d 32 37
            5d 2c 22 73 74 72 69 6e 67 22 3a 22 e2 82 ac 24 5c 75 30 30
            30 66 5c 6e 41 27 42 5c 22 5c 5c 5c 5c 5c 22 2f 22 7d
            """;
        var expected = Convert.FromHexString(string.Concat(bytes.Where(char.IsAsciiHexDigit)));
        Assert.Equal(expected, canonical);
    }

    [Fact]
    public void Keys_stand_in_the_order_of_RFC_8785_section_3_2_3()
    {
        const string sample = """
            {
              "\u20ac": "Euro Sign",
              "\r": "Carriage Return",
              "\ufb33": "Hebrew Letter Dalet With Dagesh",
              "1": "One",
              "\ud83d\ude00": "Emoji: Grinning Face",
              "\u0080": "Control",
              "\u00f6": "Latin Small Letter O With Diaeresis"
            }
            """;

        using var canonical = JsonDocument.Parse(Canonical(sample));

        Assert.Equal(
            [
                "Carriage Return",
                "One",
                "Control",
                "Latin Small Letter O With Diaeresis",
                "Euro Sign",
                "Emoji: Grinning Face",
                "Hebrew Letter Dalet With Dagesh",
            ],
            canonical.RootElement.EnumerateObject().Select(member => member.Value.GetString())
        );
    }

    [Theory]
    [InlineData("""[ ]""", "[]")]
    [InlineData("""{ }""", "{}")]
    [InlineData(""" "x" """, "\"x\"")]
    [InlineData("""{"b":{"d":1,"c":[{"z":0,"y":0}]},"a":2}""", """{"a":2,"b":{"c":[{"y":0,"z":0}],"d":1}}""")]
    [InlineData("""{"":1,"aa":2,"a":3,"A":4}""", """{"":1,"A":4,"a":3,"aa":2}""")]
    [InlineData("""{"b":1,"\u0061":2}""", """{"a":2,"b":1}""")]
    [InlineData("""["\u2028\u007f\u0000\b\f"]""", "[\"\u2028\u007f\\u0000\\b\\f\"]")]
    [InlineData("""["\ud83d\ude00"]""", "[\"😀\"]")]
    public void Structure_keys_and_strings_have_one_form(string json, string canonical)
    {
        Assert.Equal(canonical, Canonical(json));
    }

    [Theory]
    [InlineData("""["\uD800"]""", """["\ud800"]""")]
    [InlineData("""["a\uDC00\uD800b"]""", """["a\udc00\ud800b"]""")]
    [InlineData("""{"a":1,"a":2}""", """{"a":2}""")]
    [InlineData("[1e400,-1e400]", "[1e400,-1e400]")]
    public void What_the_RFC_refuses_has_a_form_all_the_same(string json, string canonical)
    {
        Assert.Equal(canonical, Canonical(json));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{} {}")]
    [InlineData("[1,]")]
    [InlineData("{\"a\":01}")]
    [InlineData("'a'")]
    public void What_is_not_one_JSON_value_is_refused(string json)
    {
        Assert.ThrowsAny<JsonException>(() => Canonical(json));
    }

    [Fact]
    public void Nesting_beyond_the_limit_is_refused()
    {
        var deepest = new string('[', CanonicalJson.MaxDepth) + new string(']', CanonicalJson.MaxDepth);

        Assert.Equal(deepest, Canonical(deepest));
        Assert.ThrowsAny<JsonException>(() => Canonical($"[{deepest}]"));
    }

    [Fact]
    public void An_element_is_written_like_its_text()
    {
        using var document = JsonDocument.Parse("""{"outer":{"b":1.0,"a":"\u00e9"}}""");
        var output = new ArrayBufferWriter<byte>();

        CanonicalJson.Write(document.RootElement.GetProperty("outer"), output);

        Assert.Equal("""{"a":"é","b":1}""", Encoding.UTF8.GetString(output.WrittenSpan));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(32)]
    [InlineData(500)]
    public void Objects_of_any_size_are_put_in_order(int count)
    {
        var keys = Enumerable.Range(0, count).Select(at => $"\"{at:d3}\":{at}").ToArray();

        Assert.Equal($"{{{string.Join(',', keys)}}}", Canonical($"{{{string.Join(',', keys.Reverse())}}}"));
    }

    [Fact]
    public void Canonical_text_is_its_own_canonical_form_whatever_the_order_of_keys()
    {
        var random = new Random(8785);
        for (var round = 0; round < 500; round++)
        {
            var value = RandomJson.Value(random, depth: 4);
            var canonical = Canonical(RandomJson.Print(value, random));

            Assert.Equal(canonical, Canonical(RandomJson.Print(value, random)));
            Assert.Equal(canonical, Canonical(canonical));
        }
    }

    private static string Canonical(string json) =>
        Encoding.UTF8.GetString(CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(json)));
}
