namespace AliveMcp.House.Tests.Sources;

public sealed class CodeFileTests
{
    [Theory]
    [InlineData("a \"{\" b", "a \" \" b")]
    [InlineData("a '{' b", "a ' ' b")]
    [InlineData("a // {", "a     ")]
    [InlineData("a /* { */ b", "a         b")]
    [InlineData("@\"\\\" b", "@\" \" b")]
    [InlineData("@\"x\"\"y\" b", "@\"    \" b")]
    [InlineData("\"\\\"{\" b", "\"   \" b")]
    [InlineData("$\"{{{x(\"}\")}\" b", "$\"   x(\" \") \" b")]
    [InlineData("\"\"\"{ \"q\" \"\"\" b", "\"\"\"      \"\"\" b")]
    [InlineData("$$\"\"\"{a{{x}}\"\"\" b", "$$\"\"\"    x  \"\"\" b")]
    public void Text_is_masked_and_code_stays(string text, string code)
    {
        Assert.Equal(code, CodeMask.Of(text));
    }

    [Fact]
    public void Members_are_found_whatever_their_body()
    {
        const string text = """
            namespace A;

            public sealed class Cat<T>(int lives)
                where T : class
            {
                private static readonly Dictionary<int, string> Names = new() { [1] = "{" };

                public int Lives { get; init; } = lives;

                public Cat()
                    : this(9) { }

                public static bool operator ==(Cat<T> a, Cat<T> b) => a is { Lives: 1 } && b is not null;

                public void Meow<U>(U to)
                    where U : class
                {
                    if (to is null)
                    {
                        return;
                    }
                }

                private enum Mood
                {
                    Good = 1,
                }
            }
            """;

        var members = new CodeFile("Cat.cs", text).Members;

        Assert.Equal(
            [("Lives", 8, 1), ("Cat", 10, 2), ("operator", 13, 1), ("Meow", 15, 8)],
            members.Select(member => (member.Name, member.Line, member.Lines))
        );
    }

    [Fact]
    public void Types_are_found_with_their_docstrings()
    {
        const string text = """
            namespace A;

            /// <summary>Has one.</summary>
            [Flags]
            public enum Told { A }

            public sealed record Bare(int A);

            internal readonly record struct Inner;
            """;

        var types = new CodeFile("Types.cs", text).Types;

        Assert.Equal(
            [("Told", true, true), ("Bare", true, false), ("Inner", false, false)],
            types.Select(type => (type.Name, type.IsPublic, type.HasDocstring))
        );
    }
}
