using System.Text.RegularExpressions;
using CsCheck;
using Shouldly;
using Stagedoor.Translation.Envoy.Transformations;
using Xunit;

namespace Stagedoor.Translation.Envoy.Tests;

/// <summary>Whatever a configuration says, its text is data in the Lua that comes of it, never code.</summary>
public sealed class TransformationInjectionTests
{
    private const string Literal = """
        "(?:[A-Za-z0-9 _\-./:,]|\\[0-9]{3})*"
        """;

    // Everything that the compiler writes by itself, string literals taken out.
    private const string Code = """
        ^(?:function\(c\) local o=\{\} |put\(c,o,(?:show\(c,)?S\)*\) |return concat\(o\) end)*$
        """;

    private static readonly Gen<string> Hostile = Gen.OneOf(
        Gen.String,
        AnyOf("\"", "]]", "]==]", "\\", "\n", "--", "\" .. os.exit() .. \"", "\\\"", "\0", "é", "${a}"))
        .Array[0, 6].Select(string.Concat);

    private static Gen<string> AnyOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);

    [Fact]
    public void A_literal_holds_nothing_but_harmless_characters() => Hostile.Sample(
        text => LuaText.Quote(text).ShouldMatch("^" + Literal.Trim() + "$"));

    [Fact]
    public void Text_and_strings_of_a_template_stay_literals() => Gen.Select(Hostile, Hostile).Sample((text, value) =>
    {
        var plain = text.Replace("{", "", StringComparison.Ordinal).Replace("#", "", StringComparison.Ordinal);
        var quoted = System.Text.Json.JsonSerializer.Serialize(value);

        var lua = InjaTemplate.Compile($"{plain}{{{{ {quoted} }}}}{plain}", false, new TemplateFacts());

        Regex.Replace(lua, Literal.Trim(), "S").ShouldMatch(Code.Trim());
    });

    [Fact]
    public void A_template_compiles_or_is_refused_and_never_breaks() => Gen.OneOf(
            Hostile,
            AnyOf("{{", "}}", "{%", "%}", "if", "for", "in", "a", "(", ")", "[", "\"", ",", "##", "-", " "))
        .Array[0, 12].Select(string.Concat).Sample(text =>
        {
            try
            {
                InjaTemplate.Compile(text, false, new TemplateFacts()).ShouldStartWith("function(c)");
            }
            catch (TransformationException e)
            {
                e.Message.ShouldNotBeEmpty();
            }
        });

    [Fact]
    public void A_regular_expression_compiles_to_numbers_and_names_alone() => Gen.OneOf(
            Hostile, AnyOf("a", "(", ")", "[", "]", "^", "$", "*", "+", "?", "{2}", "|", "\\", "d", "-", "."))
        .Array[0, 12].Select(string.Concat).Sample(text =>
        {
            try
            {
                EcmaRegex.Compile(text).Lua.ShouldMatch("^[a-z0-9(){},]*$");
            }
            catch (TransformationException e)
            {
                e.Message.ShouldNotBeEmpty();
            }
        });
}
